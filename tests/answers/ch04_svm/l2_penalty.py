"""Answers to l2_penalty: sums of squares, in many ways."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
two loops
    total = 0.0
    for row in W:
        for w in row:
            total += w**2
    return reg * total

the norm, squared
    return float(reg * np.linalg.norm(W) ** 2)

a product of the flattened weights
    return reg * (W.ravel() @ W.ravel())

einsum
    return np.einsum("cd,cd->", W, W) * reg

power
    return float(reg * (W**2).sum())

vdot
    return reg * np.vdot(W, W)

einsum, 0-d
    return np.asarray(reg * np.einsum("ij,ij->", W, W))

pure Python
    return float(reg) * sum(float(w) ** 2 for row in W for w in row)

trace
    return np.trace(W @ W.T) * reg
""")

answers.wrong("""
per row [score=0]
    return reg * (W * W).sum(axis=1)

gradient [score=0]
    return 2 * reg * W

reg squared [score=0]
    return reg**2 * np.sum(W * W)

divided by classes [score=0]
    return reg * np.sum(W * W) / len(W)

float32 [score=0]
    return np.float32(reg * np.sum(W * W))

plus reg [score=0]
    return reg + np.sum(W * W)

largest singular value [score=0]
    return reg * np.linalg.norm(W, 2) ** 2

matrix square [score=0]
    return reg * np.sum(W @ W.T)

in place [score=0]
    W *= W
    return float(reg * W.sum())
""")
