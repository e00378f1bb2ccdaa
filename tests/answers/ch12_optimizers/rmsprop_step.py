"""Answers to rmsprop_step."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
in three lines
    new_square = decay * square + (1 - decay) * np.square(dw)
    root = np.sqrt(new_square)
    return w - learning_rate * dw / (root + epsilon), new_square

towards the new square
    new = square + (1 - decay) * (dw * dw - square)
    return w - learning_rate * (dw / (new**0.5 + epsilon)), new

on copies, in place
    s, new = square.copy(), w.copy()
    s *= decay
    s += (1 - decay) * dw * dw
    new -= learning_rate * dw / (np.sqrt(s) + epsilon)
    return new, s

number by number
    import math

    s, new = np.empty(w.shape), np.empty(w.shape)
    for place in np.ndindex(w.shape):
        s[place] = decay * square[place] + (1 - decay) * dw[place] ** 2
        new[place] = w[place] - learning_rate * dw[place] / (math.sqrt(s[place]) + epsilon)
    return new, s

a rate for each weight
    s = decay * square + (1 - decay) * np.power(dw, 2)
    rates = learning_rate / (epsilon + np.sqrt(s))
    return w - rates * dw, s

np.average
    s = np.average([square, dw**2], axis=0, weights=[decay, 1 - decay])
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s

Fortran order
    s = np.asfortranarray(decay * square + (1 - decay) * abs(dw) ** 2)
    return np.subtract(w, learning_rate * dw / (np.sqrt(s) + epsilon), order="F"), s
""")

answers.wrong("""
epsilon added to the slope's side [score=0]
    s = decay * square + (1 - decay) * dw**2
    return w - (learning_rate * dw / np.sqrt(s + 1e-300) + epsilon), s

root kept [score=0]
    s = np.sqrt(decay * square + (1 - decay) * dw**2)
    return w - learning_rate * dw / (s + epsilon), s

the sign alone [score=0]
    s = decay * square + (1 - decay) * dw**2
    return w - learning_rate * np.sign(dw), s

square of the mean [score=0]
    s = (decay * np.sqrt(square) + (1 - decay) * abs(dw)) ** 2
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s

summed over the weights [score=0]
    s = decay * square + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(s.sum()) + epsilon), s

the change alone [score=0]
    s = decay * square + (1 - decay) * dw**2
    return -learning_rate * dw / (np.sqrt(s) + epsilon), s

the old square back [score=0]
    s = decay * square + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), square.copy()

weights alone [score=0]
    s = decay * square + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(s) + epsilon)

decay always 0.99 [score=0]
    - = decay * square + (1 - decay) * dw**2
    + = 0.99 * square + 0.01 * dw**2

epsilon always small [score=0]
    - + epsilon)
    + + 1e-8)

weights overwritten
    s = decay * square + (1 - decay) * dw**2
    w -= learning_rate * dw / (np.sqrt(s) + epsilon)
    return w, s

the rate inside the root [score=0]
    s = decay * square + (1 - decay) * (learning_rate * dw) ** 2
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s

w itself at a rate of 0 [hidden]
    new, s = reference(w, dw, square, learning_rate, decay, epsilon)
    return new if learning_rate else w, s

relative to w [hidden]
    s = decay * square + (1 - decay) * dw**2
    with np.errstate(all="ignore"):
        return w * (1 - learning_rate * dw / (np.sqrt(s) + epsilon) / w), s

an epsilon of 1 at the most [hidden]
    return reference(w, dw, square, learning_rate, decay, min(epsilon, 1.0))

a root of 1e-8 at the least [hidden]
    s = decay * square + (1 - decay) * dw**2
    return w - learning_rate * dw / np.maximum(np.sqrt(s) + epsilon, 1e-8), s

a float or an error [hidden]
    if not isinstance(epsilon, float) or not isinstance(learning_rate, float):
        raise TypeError("a float is needed")
    return reference(w, dw, square, learning_rate, decay, epsilon)

a number of Python's or an error [hidden]
    if type(epsilon) not in (int, float):
        raise TypeError("a number is needed")
    return reference(w, dw, square, learning_rate, decay, epsilon)
""")
