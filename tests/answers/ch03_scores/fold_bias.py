"""Answers to fold_bias."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
bias as a column, concatenated
    return np.concatenate((W, b[:, np.newaxis]), axis=1)

class by class
    return np.array([[*W[c], b[c]] for c in range(len(b))])

empty, then filled
    folded = np.empty((W.shape[0], W.shape[1] + 1))
    folded[:, :-1] = W
    folded[:, -1] = b
    return folded

hstack
    return np.hstack((W, b[:, None]))

c_
    return np.c_[W, b]

lists
    rows = zip(W.tolist(), b.tolist(), strict=True)
    return np.array([[*w, o] for w, o in rows], dtype=float)

vstack of transposed, Fortran order
    return np.vstack([W.T, b]).T
""")

answers.wrong("""
a row [score=0]
    return np.vstack([W, np.resize(b, W.shape[1])])

zeros [score=0]
    return np.column_stack([W, np.zeros(len(b))])

negative [score=0]
    return np.column_stack([W, -b])

bias reversed [score=0]
    return reference(W, b[::-1])

bias sorted [score=0]
    return reference(W, np.sort(b))

first bias for all [score=0]
    return reference(W, np.full(len(b), b[0]))

flat [score=0]
    return np.append(W, b)

float32 [score=0]
    return reference(W, b).astype(np.float32)

a tuple [score=0]
    return W, b

twice [score=0]
    return np.column_stack([W, b, b])

integers [score=0]
    return reference(W, b).astype(int)
""")
