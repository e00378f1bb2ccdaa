"""Answers to grouped_folds."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a Counter and dictionaries
    from collections import Counter

    sizes = Counter(groups.tolist())
    rows = {fold: 0 for fold in range(num_folds)}
    fold_of = {}
    for group, size in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])):
        fold = min(rows, key=lambda f: (rows[f], f))
        fold_of[group] = fold
        rows[fold] += size
    return np.array([fold_of[group] for group in groups.tolist()])

masks, no inverse
    numbers, sizes = np.unique(groups, return_counts=True)
    folds = np.empty(len(groups), dtype=int)
    full = [0] * num_folds
    for j in np.lexsort((numbers, -sizes)):
        f = full.index(min(full))
        folds[groups == numbers[j]] = f
        full[f] += int(sizes[j])
    return folds

a heap of folds
    import heapq

    heap = [(0, fold) for fold in range(num_folds)]
    numbers, sizes = np.unique(groups, return_counts=True)
    result = np.zeros(groups.shape, dtype=np.int32)
    for size, number in sorted(zip((-sizes).tolist(), numbers.tolist())):
        rows, fold = heapq.heappop(heap)
        result[groups == number] = fold
        heapq.heappush(heap, (rows - size, fold))
    return result

sizes counted row by row
    counts = {}
    for g in groups:
        counts[int(g)] = counts.get(int(g), 0) + 1
    order = sorted(counts)
    order.sort(key=lambda g: counts[g], reverse=True)
    totals = np.zeros(num_folds)
    out = np.zeros(len(groups), dtype=np.int64)
    for g in order:
        fold = totals.argmin()
        totals[fold] += counts[g]
        out[groups == g] = fold
    return out

rows of a fold counted anew each time
    folds = np.full(len(groups), -1)
    numbers, sizes = np.unique(groups, return_counts=True)
    left = list(zip(sizes, -numbers))
    while left:
        size, negative = max(left)
        left.remove((size, negative))
        filled = [np.sum(folds == f) for f in range(num_folds)]
        folds[groups == -negative] = int(np.argmin(filled))
    return folds

bincount of the inverse
    numbers, inverse = np.unique(groups, return_inverse=True)
    sizes = np.bincount(inverse)
    order = np.argsort(-sizes, kind="mergesort")
    where, load = np.zeros(len(numbers), dtype=int), np.zeros(num_folds, dtype=int)
    for g in order:
        best = 0
        for f in range(1, num_folds):
            if load[f] < load[best]:
                best = f
        where[g] = best
        load[best] += sizes[g]
    return where[inverse]

lists of groups for every fold
    folds = [[] for _ in range(num_folds)]
    rows = groups.tolist()
    for g in sorted(set(rows), key=lambda g: (-rows.count(g), g)):
        smallest = min(folds, key=lambda members: sum(rows.count(m) for m in members))
        smallest.append(g)
    return np.array([next(f for f, m in enumerate(folds) if g in m) for g in rows])

sorted first, then searched
    ordered = np.sort(groups)
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    numbers, sizes = ordered[starts], np.diff(np.append(starts, len(ordered)))
    fold, rows = np.zeros(len(numbers), dtype=int), [0] * num_folds
    for i in sorted(range(len(numbers)), key=lambda i: -sizes[i]):
        fold[i] = min(range(num_folds), key=rows.__getitem__)
        rows[fold[i]] += sizes[i]
    return fold[np.searchsorted(numbers, groups)]
""")

answers.wrong("""
back and forth instead of the emptiest [score=0]
    numbers, places, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    order = np.argsort(-sizes, kind="stable")
    turns = np.concatenate([np.arange(num_folds), np.arange(num_folds)[::-1]])
    fold_of = np.zeros(len(numbers), dtype=int)
    fold_of[order] = np.resize(turns, len(numbers))
    return fold_of[places]

numbers used as places
    sizes = np.bincount(np.abs(groups))
    fold_of, rows = np.zeros(len(sizes), dtype=int), np.zeros(num_folds, dtype=int)
    for g in np.argsort(-sizes, kind="stable"):
        fold_of[g] = rows.argmin()
        rows[fold_of[g]] += sizes[g]
    return fold_of[np.abs(groups) % len(sizes)] * (groups.min() >= 0)

a sort that is not stable, from the back
    - np.argsort(-sizes, kind="stable")
    + np.argsort(sizes)[::-1]

fewest rows, ties to the fold with fewest groups
    - fold_of[i] = np.argmin(rows_in)
    + held = np.bincount(fold_of[sizes < 0], minlength=num_folds)
    + fold_of[i] = np.lexsort((-np.arange(num_folds), held, rows_in))[0]

a list of numbers [score=1]
    return reference(groups, num_folds).tolist()

floats [score=1]
    return reference(groups, num_folds).astype(float)

always five folds [score=0]
    return reference(groups, 5)

masks of the folds [score=0]
    return reference(groups, num_folds) == np.arange(num_folds)[:, None]

groups shuffled in place [score=0]
    folds = reference(groups, num_folds)
    groups.sort()
    return folds

one row more than the others counts as full [score=0]
    - np.argmin(rows_in)
    + np.argmin(rows_in // 4)

the size of a fold fixed beforehand [score=0]
    numbers, places, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    order = np.argsort(-sizes, kind="stable")
    before = np.cumsum(sizes[order]) - sizes[order]
    fold_of = np.zeros(len(numbers), dtype=int)
    fold_of[order] = np.minimum(before * num_folds // len(groups), num_folds - 1)
    return fold_of[places]
""")
