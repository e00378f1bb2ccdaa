"""Answers to relative_error: the worst ratio of all entries, in many ways."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
entry by entry
    worst = 0.0
    for p, q in zip(a.flat, b.flat, strict=True):
        worst = max(worst, abs(p - q) / max(1e-8, abs(p) + abs(q)))
    return worst

clipped from below
    return (abs(b - a) / np.clip(abs(a) + abs(b), 1e-8, None)).max()

a list of ratios, the last after sorting
    size = np.abs(np.stack([a, b])).sum(axis=0)
    size[size < 1e-8] = 1e-8
    return float(np.sort((np.fabs(np.subtract(a, b)) / size).ravel())[-1])

a running largest
    worst = 0.0
    for p, q in np.nditer([a, b]):
        worst = max(worst, float(abs(p - q)) / max(float(abs(p) + abs(q)), 1e-8))
    return worst

in place on its own arrays
    size = np.abs(a)
    size += np.abs(b)
    size[size < 1e-8] = 1e-8
    difference = np.abs(a - b)
    difference /= size
    return sorted(difference.ravel())[-1]

float and a clip
    return float((abs(a - b) / np.clip(abs(a) + abs(b), 1e-8, None)).max())

0-d
    sizes = np.fmax(np.abs(a) + np.abs(b), 1e-8)
    return np.array(np.amax(np.abs(np.subtract(a, b)) / sizes))

pure Python
    pairs = zip(np.ravel(a).tolist(), np.ravel(b).tolist(), strict=True)
    return max(abs(p - q) / max(1e-8, abs(p) + abs(q)) for p, q in pairs)

np.where
    sizes = np.abs(a) + np.abs(b)
    return np.max(np.abs(b - a) / np.where(sizes > 1e-8, sizes, 1e-8))
""")

answers.wrong("""
sum [score=0]
    - np.max(
    + np.sum(

each entry [score=0]
    - np.max(
    + (

the first hundred entries alone [hidden]
    return reference(a.ravel()[:100], b.ravel()[:100])

mean from a hundred entries on [hidden]
    errors = np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b))
    return errors.max() if errors.size < 100 else errors.mean()

overwrites what it is given [score=0]
    size = np.maximum(1e-8, np.abs(a) + np.abs(b))
    a -= b
    return float(np.max(np.abs(a) / size))

floor 1e-12 [hidden]
    - np.maximum(1e-8
    + np.maximum(1e-12

floor 1e-6 [hidden]
    - np.maximum(1e-8
    + np.maximum(1e-6

floor added [hidden]
    - np.maximum(1e-8, np.abs(a) + np.abs(b))
    + (1e-8 + np.abs(a) + np.abs(b))

relative to a [score=0]
    - np.abs(a) + np.abs(b)
    + np.abs(a)

norms [score=0]
    return np.linalg.norm(a - b) / max(1e-8, np.linalg.norm(a) + np.linalg.norm(b))

doubled [score=0]
    return 2 * reference(a, b)

rounded [score=0]
    return round(float(reference(a, b)), 3)
""")
