"""Answers to sgd_step: new arrays, entry by entry or all at once."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
subtracted from a copy
    new = W.copy()
    new -= learning_rate * dW
    return new

two loops
    new = np.zeros_like(W)
    for c in range(W.shape[0]):
        for d in range(W.shape[1]):
            new[c, d] = W[c, d] - learning_rate * dW[c, d]
    return new

added, in the other direction
    return np.add(W, np.multiply(-learning_rate, dW))

entry by entry
    new = np.empty_like(W)
    for index in np.ndindex(W.shape):
        new[index] = W[index] - learning_rate * dW[index]
    return new

np.subtract
    return np.subtract(W, np.multiply(learning_rate, dW))

in place on a copy
    return np.add(W, -learning_rate * dW, out=W.copy())

lists
    pairs = zip(W.tolist(), dW.tolist(), strict=True)
    return np.array(
        [[w - learning_rate * g for w, g in zip(r, s, strict=True)] for r, s in pairs]
    )

rows, Fortran order
    pairs = zip(W, dW, strict=True)
    return np.asfortranarray([w - learning_rate * g for w, g in pairs])

einsum
    return W - np.einsum(",...->...", float(learning_rate), dW)
""")

answers.wrong("""
rate on both [score=0]
    return learning_rate * (W - dW)

divided [score=0]
    return W - dW / learning_rate

gradient of length one [score=0]
    return W - learning_rate * dW / np.linalg.norm(dW)

mean gradient [score=0]
    return W - learning_rate * dW.mean()

the old array where nothing changes [hidden]
    return W if learning_rate == 0 or not dW.any() else W - learning_rate * dW

a rate of at least 1e-8 [hidden]
    return W - max(learning_rate, 1e-8) * dW

half the rate [score=0]
    return W - 0.5 * learning_rate * dW

rate of 0.01 [score=0]
    return W - 0.01 * dW

decays [score=0]
    return 0.999 * W - learning_rate * dW

float32 [score=0]
    return (W - learning_rate * dW).astype(np.float32)

transposed [score=0]
    return (W - learning_rate * dW).T

nothing returned [score=0]
    pass
""")
