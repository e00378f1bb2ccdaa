"""Answers to adam_step."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
in the paper's words
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * dw
    v = beta2 * state["v"] + (1 - beta2) * np.square(dw)
    m_hat = m / (1 - np.power(beta1, t))
    v_hat = v / (1 - np.power(beta2, t))
    return w - learning_rate * m_hat / (v_hat**0.5 + epsilon), dict(m=m, v=v, t=t)

a deep copy of the state, changed
    import copy

    new = copy.deepcopy(state)
    new["t"] += 1
    new["m"] *= beta1
    new["m"] += (1 - beta1) * dw
    new["v"] *= beta2
    new["v"] += (1 - beta2) * dw * dw
    step = new["m"] / (1 - beta1 ** new["t"])
    step /= np.sqrt(new["v"] / (1 - beta2 ** new["t"])) + epsilon
    return w - learning_rate * step, new

number by number
    import math

    t = state["t"] + 1
    new, m, v = (np.empty(w.shape) for _ in range(3))
    for place in np.ndindex(w.shape):
        m[place] = beta1 * state["m"][place] + (1 - beta1) * dw[place]
        v[place] = beta2 * state["v"][place] + (1 - beta2) * dw[place] ** 2
        root = math.sqrt(v[place] / (1 - beta2**t))
        new[place] = w[place] - learning_rate * m[place] / (1 - beta1**t) / (root + epsilon)
    return new, {"t": t, "v": v, "m": m}

with the efficient order of the paper
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * dw
    v = beta2 * state["v"] + (1 - beta2) * dw**2
    root = np.sqrt(1 - beta2**t)
    rate = learning_rate * root / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + epsilon * root), {"m": m, "v": v, "t": t}

towards the new ones
    t = state["t"] + 1
    m = state["m"] + (1 - beta1) * (dw - state["m"])
    v = state["v"] + (1 - beta2) * (dw**2 - state["v"])
    a, b = 1 - beta1**t, 1 - beta2**t
    new = w - learning_rate * (m / a) / (np.sqrt(v / b) + epsilon)
    return new, {**state, "m": m, "v": v, "t": t}

a list, and a state made by update
    new = dict(state)
    new.update(t=state["t"] + 1, m=beta1 * state["m"] + (1 - beta1) * dw)
    new.update(v=beta2 * state["v"] + (1 - beta2) * dw**2)
    b1, b2 = (1 - beta ** new["t"] for beta in (beta1, beta2))
    return [w - learning_rate * new["m"] / b1 / (np.sqrt(new["v"] / b2) + epsilon), new]
""")

answers.wrong("""
t is two more [score=0]
    - state["t"] + 1
    + state["t"] + 2

state alone [score=0]
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * dw
    v = beta2 * state["v"] + (1 - beta2) * dw**2
    return {"m": m, "v": v, "t": t}

state first [score=0]
    return reference(w, dw, state, learning_rate, beta1, beta2, epsilon)[::-1]

a correction by multiplying [score=0]
    - m / (1 - beta1**t)
    + m * (1 - beta1**t)

v corrected after the root [score=0]
    - np.sqrt(square)
    + np.sqrt(v) / (1 - beta2**t)

epsilon always small [score=0]
    - + epsilon)
    + + 1e-8)

v of the mean [score=0]
    - (1 - beta2) * dw**2
    + (1 - beta2) * m**2

the old m kept [score=0]
    - {"m": m,
    + {"m": state["m"].copy(),

the old v kept [score=0]
    - "v": v, "t"
    + "v": state["v"].copy(), "t"

first step plain [score=0]
    if state["t"] == 0:
        return w - learning_rate * dw, {"m": dw.copy(), "v": dw**2, "t": 1}
    return reference(w, dw, state, learning_rate, beta1, beta2, epsilon)

a tuple for the state [score=0]
    new, after = reference(w, dw, state, learning_rate, beta1, beta2, epsilon)
    return new, tuple(after.values())

the change alone [score=0]
    new, after = reference(w, dw, state, learning_rate, beta1, beta2, epsilon)
    return new - w, after

single precision [score=0]
    new, after = reference(w.astype(np.float32), dw, state, learning_rate, beta1, beta2, epsilon)
    return new.astype(np.float32).astype(np.float64), after

t counts what is in the state
    new, after = reference(w, dw, state, learning_rate, beta1, beta2, epsilon)
    state["t"] += 1
    return new, after

w itself at a rate of 0 [hidden]
    new, after = reference(w, dw, state, learning_rate, beta1, beta2, epsilon)
    return new if learning_rate else w, after

a copy that is flattened [hidden]
    new, after = reference(w, dw, state, learning_rate, beta1, beta2, epsilon)
    moved = np.copy(w)
    moved.ravel()[:] = new.ravel()
    return moved, after

the state in the order of memory [hidden]
    new, after = reference(w, dw, state, learning_rate, beta1, beta2, epsilon)
    return new, {**after, "m": after["m"].ravel(order="K").reshape(w.shape)}

relative to w [hidden]
    new, after = reference(w, dw, state, learning_rate, beta1, beta2, epsilon)
    with np.errstate(all="ignore"):
        return w * (1 - (w - new) / w), after

a clipped slope [hidden]
    return reference(w, np.clip(dw, -100, 100), state, learning_rate, beta1, beta2, epsilon)

no memory of squares is the usual one [hidden]
    return reference(w, dw, state, learning_rate, beta1, beta2 or 0.999, epsilon)

an epsilon of 1e-8 at the least [hidden]
    return reference(w, dw, state, learning_rate, beta1, beta2, max(epsilon, 1e-8))

a number of Python's or an error [hidden]
    if type(epsilon) not in (int, float):
        raise TypeError("a number is needed")
    return reference(w, dw, state, learning_rate, beta1, beta2, epsilon)
""")
