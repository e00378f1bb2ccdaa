"""Answers to momentum_step."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
in two lines
    new_velocity = dw + velocity * momentum
    new_w = w - new_velocity * learning_rate
    return new_w, new_velocity

on copies, in place
    v, new = velocity.copy(), w.copy()
    v *= momentum
    v += dw
    new -= learning_rate * v
    return new, v

number by number
    v, new = np.empty(w.shape), np.empty(w.shape)
    for place in np.ndindex(w.shape):
        v[place] = momentum * velocity[place] + dw[place]
        new[place] = w[place] - learning_rate * v[place]
    return new, v

a list of two
    v = np.add(np.multiply(momentum, velocity), dw)
    return [np.subtract(w, np.multiply(learning_rate, v)), v]

the step in two parts
    v = momentum * velocity + dw
    return w - learning_rate * momentum * velocity - learning_rate * dw, v

flat lists
    pairs = zip(velocity.ravel().tolist(), dw.ravel().tolist(), strict=True)
    v = np.array([momentum * a + b for a, b in pairs]).reshape(w.shape)
    return w + (-learning_rate) * v, v

Fortran order
    v = np.asfortranarray(momentum * velocity + dw)
    return np.asfortranarray(w - learning_rate * v), v

einsum
    v = np.einsum("k,k...->...", np.array([momentum, 1.0]), np.stack([velocity, dw]))
    return w - learning_rate * v, v
""")

answers.wrong("""
scaled by the rest [score=0]
    v = momentum * velocity + dw
    return w - learning_rate * (1 - momentum) * v, v

the change alone [score=0]
    v = momentum * velocity + dw
    return -learning_rate * v, v

rate twice [score=0]
    v = momentum * velocity + learning_rate * dw
    return w - learning_rate * v, v

divided by the rate [score=0]
    v = momentum * velocity + dw
    return w - v / learning_rate, v

slope after the move [score=0]
    return w - learning_rate * momentum * velocity, momentum * velocity + dw

the old velocity back [score=0]
    v = momentum * velocity + dw
    return w - learning_rate * v, velocity.copy()

friction taken off [score=0]
    v = (1 - momentum) * velocity + dw
    return w - learning_rate * v, v

the length of the slope one [score=0]
    v = momentum * velocity + dw / np.linalg.norm(dw)
    return w - learning_rate * v, v

a dict [score=0]
    v = momentum * velocity + dw
    return {"w": w - learning_rate * v, "velocity": v}

the slope changed
    dw += momentum * velocity
    return w - learning_rate * dw, dw.copy()

the slope itself at rest [hidden]
    v = momentum * velocity + dw if velocity.any() else dw
    return w - learning_rate * v, v

half precision in the velocity [score=0]
    v = (momentum * velocity + dw).astype(np.float32)
    return w - learning_rate * v, v

w itself at a rate of 0 [hidden]
    v = momentum * velocity + dw
    return w - learning_rate * v if learning_rate else w, v

the slope itself without momentum [hidden]
    v = momentum * velocity + dw if momentum else dw
    return w - learning_rate * v, v

a clipped slope [hidden]
    v = momentum * velocity + np.clip(dw, -100, 100)
    return w - learning_rate * v, v

relative to w [hidden]
    v = momentum * velocity + dw
    with np.errstate(all="ignore"):
        return w * (1 - learning_rate * v / w), v

a rate below 1e-8 is none [hidden]
    v = momentum * velocity + dw
    return w - (learning_rate if learning_rate > 1e-8 else 0.0) * v, v

a float or an error [hidden]
    if not isinstance(momentum, float) or not isinstance(learning_rate, float):
        raise TypeError("a float is needed")
    return reference(w, dw, velocity, learning_rate, momentum)

a number of Python's or an error [hidden]
    if type(momentum) not in (int, float):
        raise TypeError("a number is needed")
    return reference(w, dw, velocity, learning_rate, momentum)
""")
