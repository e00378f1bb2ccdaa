"""Answers to count_distinct_units."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
all pairs at once
    same = np.abs(W[:, None, :] - W[None, :, :]).max(axis=2) <= tolerance
    return (same.argmax(axis=1) == np.arange(len(W))).sum()

rows taken away until none is left
    rest, count = W.copy(), 0
    while len(rest):
        rest = rest[np.any(np.abs(rest - rest[0]) > tolerance, axis=1)]
        count += 1
    return count

plain Python
    rows = W.tolist()
    count = 0
    for i, row in enumerate(rows):
        for other in rows[:i]:
            if max(abs(a - b) for a, b in zip(row, other, strict=True)) <= tolerance:
                break
        else:
            count += 1
    return count

allclose without the relative part
    kept: list[np.ndarray] = []
    for row in W:
        if not any(np.allclose(row, k, rtol=0, atol=tolerance) for k in kept):
            kept.append(row)
    return len(kept)

one share for each of a group
    twins = [sum(np.max(np.abs(a - b)) <= tolerance for b in W) for a in W]
    return round(sum(1 / count for count in twins))

no earlier twin, all pairs at once
    same = np.abs(W[:, None] - W[None]).max(axis=2) <= tolerance
    return int((~np.tril(same, -1).any(axis=1)).sum())

pure Python
    rows, kinds = W.tolist(), 0
    for i, row in enumerate(rows):
        twins = (
            all(abs(a - b) <= tolerance for a, b in zip(row, other, strict=True))
            for other in rows[:i]
        )
        kinds += not any(twins)
    return kinds

recursion
    if len(W) == 0:
        return 0
    first, *others = W
    rest = [r for r in others if not np.allclose(r, first, rtol=0, atol=tolerance)]
    return 1 + count_distinct_units(np.array(rest).reshape(-1, W.shape[1]), tolerance)

groups that are joined, a NumPy integer
    import itertools

    group = np.arange(len(W))
    for i, j in itertools.combinations(range(len(W)), 2):
        if np.linalg.norm(W[i] - W[j], np.inf) <= tolerance:
            group[group == group[j]] = group[i]
    return np.unique(group).size + np.int64(0)

labels of the first twin
    return len(
        {next(i for i, r in enumerate(W) if np.ptp([r, w], 0).max() <= tolerance) for w in W}
    )
""")

answers.wrong("""
in single precision [hidden]
    return reference(W.astype(np.float32), tolerance)

no default
    def count_distinct_units(W, tolerance):
        return reference(W, tolerance)

default 1e-6
    def count_distinct_units(W, tolerance=1e-6):
        return reference(W, tolerance)

default 0
    def count_distinct_units(W, tolerance=0):
        return reference(W, tolerance)

text of six decimals
    return len({" ".join(f"{w:.6f}" for w in row) for row in W})

cells as wide as the tolerance
    return len(np.unique(np.floor(W / tolerance), axis=0))

np.allclose with its relative part and a fixed tolerance
    - all(np.abs(row - other).max() > tolerance for
    + not any(np.allclose(row, other, atol=1e-12) for

sum of differences [hidden]
    - .max()
    + .sum()

mean of differences [hidden]
    - .max()
    + .mean()

squared distance
    - np.abs(row - other).max()
    + ((row - other) ** 2).sum()

Euclidean distance [hidden]
    - np.abs(row - other).max()
    + np.linalg.norm(row - other)

first weights
    - np.abs(row - other).max()
    + abs(row[0] - other[0])

sums of weights
    - np.abs(row - other).max()
    + abs(row.sum() - other.sum())

lengths
    - np.abs(row - other).max()
    + abs(row @ row - other @ other)

in any order of inputs
    - np.abs(row - other).max()
    + np.abs(np.sort(row) - np.sort(other)).max()

up to the sign
    - np.abs(row - other).max()
    + np.abs(abs(row) - abs(other)).max()

directions
    - np.abs(row - other).max()
    + 1 - row @ other / max(np.linalg.norm(row) * np.linalg.norm(other), 1e-300)

neighbours after sorting by the first weight
    W = W[W[:, 0].argsort()]
    return 1 + int((np.abs(np.diff(W, axis=0)).max(axis=1) > tolerance).sum())

rows with a twin [score=0]
    return len(W) - reference(W, tolerance)

pairs that differ [score=0]
    return int((np.abs(W[:, None] - W).max(axis=2) > tolerance).sum() // 2)

rank
    return int(np.linalg.matrix_rank(W, tol=1e-12))

rows [score=0]
    return len(W)

a decimal number [score=1]
    return float(reference(W, tolerance))

whether any differ [score=0]
    return reference(W, tolerance) > 1

the rows [score=0]
    - len(distinct)
    + np.array(distinct)

sorts in place [score=0]
    found = reference(W, tolerance)
    W.sort(axis=0)
    return found

rounds in place
    W[:] = np.round(W / tolerance) * tolerance
    return reference(W, tolerance)
""")
