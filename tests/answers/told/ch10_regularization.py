"""Wrong answers to the exercises of chapter 10, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
dropout_forward, one mask for the batch => one-mask-for-all-rows
    if not training:
        return x, np.ones_like(x)
    mask = (rng.random(x.shape[1:]) >= drop_prob) / (1 - drop_prob)
    return x * mask, np.broadcast_to(mask, x.shape)

dropout_forward, keep for drop cs231n's p => keeps-instead
    if training:
        mask = (rng.random(x.shape) < drop_prob) / drop_prob
        out = x * mask
    else:
        mask = np.ones(x.shape)
        out = x
    return out, mask

dropout_forward, not inverted => scaled-when-testing
    if training:
        mask = (rng.random(x.shape) >= drop_prob).astype(float)
        return x * mask, mask
    mask = np.full(x.shape, 1 - drop_prob)
    return x * mask, mask

dropout_forward, no scaling at all => not-scaled
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) > drop_prob) * 1.0
    return x * mask, mask

dropout_forward, np.random.rand => global-random-numbers
    if not training:
        return x, np.ones(x.shape)
    mask = (np.random.rand(*x.shape) >= drop_prob) / (1 - drop_prob)
    return x * mask, mask

dropout_forward, multiplies by keep => multiplied-by-keep
    if not training:
        return x, np.ones(x.shape)
    mask = (rng.random(x.shape) >= drop_prob) * (1 - drop_prob)
    return x * mask, mask

dropout_forward, in place => writes-into-x
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
        x *= mask
    return x, mask

dropout_forward, ignores training => drops-when-testing
    mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
    return x * mask, mask

dropout_forward, normal numbers => normal-numbers
    mask = np.ones(x.shape)
    if training:
        mask = (rng.normal(size=x.shape) >= drop_prob) / (1 - drop_prob)
    return x * mask, mask

dropout_forward, columns for everybody => the-same-columns-for-all-rows
    mask = np.ones(x.shape)
    if training:
        cols = rng.choice(x.shape[-1], int(drop_prob * x.shape[-1]), replace=False)
        mask[..., cols] = 0
        mask /= 1 - drop_prob
    return x * mask, mask

dropout_backward, mask without the scale => not-scaled
    mask = cache
    return dout * (mask != 0)

dropout_backward, dout alone => no-mask
    return dout

dropout_backward, divides => divided
    dx = np.zeros_like(dout)
    keep = cache > 0
    dx[keep] = dout[keep] / cache[keep]
    return dx

dropout_backward, scale squared => scaled-twice
    def dropout_forward(x, drop_prob, training, rng):
        if not training:
            return x, (np.ones(x.shape), 0.0)
        mask = (rng.random(x.shape) >= drop_prob) / (1 - drop_prob)
        return x * mask, (mask, drop_prob)

    def dropout_backward(dout, cache):
        mask, p = cache
        return dout * mask / (1 - p)

DropoutMLP, always drops => drops-when-scoring
    - return self._forward(X, False, None)[0]
    + return self._forward(X, True, self.rng)[0]

DropoutMLP, one mask for the batch => one-mask-for-the-batch
    - kept, cache = dropout_forward(active, self.drop_prob, training, rng)
    + if training:
    +     cache = (rng.random(active.shape[1]) >= self.drop_prob) / (1 - self.drop_prob)
    + else:
    +     cache = np.ones(active.shape[1])
    + kept = active * cache

DropoutMLP, no penalty in the gradients => penalty-without-gradient
    - gradient.T @ inputs[i - 1] + 2 * self.reg * W
    + gradient.T @ inputs[i - 1]

DropoutMLP, half a penalty => half-a-penalty
    - loss += self.reg * np.sum(W * W)
    - gradients[f"W{i}"] = gradient.T @ inputs[i - 1] + 2 * self.reg * W
    + loss += 0.5 * self.reg * np.sum(W * W)
    + gradients[f"W{i}"] = gradient.T @ inputs[i - 1] + self.reg * W

DropoutMLP, ignores rng => rng-ignored
    - rng = self.rng if rng is None else rng
    + rng = self.rng

DropoutMLP, new seed each time => same-units-every-step
    - rng = self.rng if rng is None else rng
    + rng = np.random.default_rng(42) if rng is None else rng

DropoutMLP, np.random.rand => global-random-numbers global-random-masks
    - kept, cache = dropout_forward(active, self.drop_prob, training, rng)
    + if training:
    +     cache = (np.random.rand(*active.shape) >= self.drop_prob) / (1 - self.drop_prob)
    + else:
    +     cache = np.ones(active.shape)
    + kept = active * cache

DropoutMLP, keep probability => keeps-instead
    - kept, cache = dropout_forward(active, self.drop_prob, training, rng)
    + cache = np.ones(active.shape)
    + if training and self.drop_prob > 0:
    +     cache = (rng.random(active.shape) < self.drop_prob) / self.drop_prob
    + kept = active * cache

DropoutMLP, dropout before relu and on X => features-dropped
    - inputs, caches = [X], []
    + X = dropout_forward(X, self.drop_prob, training, rng)[0]
    + inputs, caches = [X], []

step_decay, epoch + 1 => an-epoch-early
    factor = (1 + epoch) // every
    return base_rate * drop**factor

step_decay, true division => a-little-every-epoch
    return base_rate * np.power(drop, epoch / every)

step_decay, loop off by one => one-drop-too-many
    rate = base_rate
    for e in range(0, epoch + 1):
        if e % every == 0:
            rate *= drop
    return rate

step_decay, remainder => remainder
    return base_rate * drop ** (epoch % every)

step_decay, only at the boundary => only-at-the-boundary
    if epoch > 0 and epoch % every == 0:
        return base_rate * drop
    return base_rate

cosine_decay, no clamp => rises-again
    return 0.5 * base_rate * (1 + np.cos(np.pi * epoch / num_epochs))

cosine_decay, the base rate after the end => back-to-the-start
    if epoch > num_epochs:
        return base_rate
    return base_rate * 0.5 * (1 + np.cos(np.pi * epoch / num_epochs))

cosine_decay, last epoch is zero => ends-an-epoch-early
    t = min(epoch, num_epochs - 1) / max(num_epochs - 1, 1)
    if num_epochs == 1:
        t = min(epoch, 1)
    return base_rate * 0.5 * (1 + np.cos(np.pi * t))

cosine_decay, without pi => no-pi
    t = min(epoch / num_epochs, 1)
    return base_rate * (1 + np.cos(t)) / 2

early_stopping_epoch, since the start => never-counts-anew
    best, best_i, wait = float("inf"), 0, 0
    for i, loss in enumerate(val_losses):
        if loss < best:
            best, best_i = loss, i
        else:
            wait += 1
            if wait >= patience:
                break
    return best_i

early_stopping_epoch, where it stopped => epoch-of-the-stop
    best, wait = float("inf"), 0
    for i, loss in enumerate(val_losses):
        if loss < best:
            best, wait = loss, 0
        else:
            wait += 1
        if wait >= patience:
            return i
    return len(val_losses) - 1

early_stopping_epoch, one more => one-too-patient
    best, best_i, wait = np.inf, 0, 0
    for i, loss in enumerate(val_losses):
        if loss < best:
            best, best_i, wait = loss, i, 0
        else:
            wait += 1
            if wait > patience:
                break
    return best_i

early_stopping_epoch, less or equal => equal-counts-as-better
    best, best_i, wait = np.inf, 0, 0
    for i, loss in enumerate(val_losses):
        if loss <= best:
            best, best_i, wait = loss, i, 0
        else:
            wait += 1
            if wait == patience:
                break
    return best_i

early_stopping_epoch, stop minus patience => last-epoch-if-never-stopped
    best, wait = np.inf, 0
    for i, loss in enumerate(val_losses):
        if loss < best:
            best, wait = loss, 0
        else:
            wait += 1
            if wait == patience:
                return i - patience
    return len(val_losses) - 1

early_stopping_epoch, argmin => never-stops
    return int(np.argmin(val_losses))

early_stopping_epoch, compared with the one before => against-the-epoch-before
    wait = 0
    for i in range(1, len(val_losses)):
        if val_losses[i] >= val_losses[i - 1]:
            wait += 1
            if wait == patience:
                return int(np.argmin(val_losses[: i + 1]))
        else:
            wait = 0
    return int(np.argmin(val_losses))

cosine_decay, a whole turn => whole-wave-then-nothing
    if epoch >= num_epochs:
        return 0.0
    angle = 2 * np.pi * epoch / num_epochs
    return base_rate / 2 * (np.cos(angle) + 1)

cosine_decay, pi forgotten => no-pi-then-nothing
    if epoch >= num_epochs:
        return 0.0
    return 0.5 * base_rate * (1 + np.cos(epoch / num_epochs))
""")
