"""Answers to neighbour_agreement."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a plain count
    agree = 0
    for row, attribute in zip(distances.tolist(), test_attribute, strict=True):
        if train_attribute[row.index(min(row))] == attribute:
            agree += 1
    return agree / len(test_attribute)

the first of each sorted row
    first = np.argsort(distances)[:, 0]
    return np.equal(np.take(train_attribute, first), test_attribute).mean()

the smallest of each row marked
    is_nearest = distances == distances.min(axis=1, keepdims=True)
    same = test_attribute[:, None] == train_attribute[None, :]
    return np.count_nonzero(is_nearest & same) / distances.shape[0]

loops that look for the smallest
    same = 0
    for i in range(distances.shape[0]):
        j, best = 0, float("inf")
        for candidate in range(distances.shape[1]):
            if distances[i, candidate] < best:
                j, best = candidate, distances[i, candidate]
        same += bool(test_attribute[i] == train_attribute[j])
    return same / distances.shape[0]

a mean of NumPy's
    return np.mean(train_attribute[distances.argmin(axis=1)] == test_attribute)

argpartition
    return (train_attribute[np.argpartition(distances, 0, axis=1)[:, 0]] == test_attribute).mean()

an array without axes
    nearest = np.take(train_attribute, np.argmin(distances, 1))
    return np.array(np.sum(nearest == test_attribute) / len(test_attribute))
""")

answers.wrong("""
sorts in place [score=0]
    out = reference(distances, test_attribute, train_attribute)
    distances.sort(axis=1)
    return out

percent [score=0]
    return 100 * reference(distances, test_attribute, train_attribute)

each test row [score=0]
    - float(np.mean(train_attribute[nearest] == test_attribute))
    + train_attribute[nearest] == test_attribute

nearest test row of each training row [score=0]
    return reference(distances.T, train_attribute, test_attribute)

divided by training rows [score=0]
    - np.mean(train_attribute[nearest] == test_attribute)
    + np.sum(train_attribute[nearest] == test_attribute) / len(train_attribute)

the second nearest [score=0]
    - np.argmin(distances, axis=1)
    + np.argsort(distances, axis=1)[:, 1]

attributes swapped [score=0]
    n, nearest = len(test_attribute), distances.argmin(axis=1)
    own = train_attribute[:n][np.arange(n) % len(train_attribute)]
    return np.mean(test_attribute[nearest % n] == own)

majority of three [score=0]
    rows = train_attribute[distances.argsort(axis=1)[:, :3]]
    return np.mean([np.bincount(row).argmax() for row in rows] == test_attribute)

any of three [score=0]
    rows = train_attribute[distances.argsort(axis=1)[:, :3]]
    return np.mean((rows == test_attribute[:, None]).any(axis=1))

single precision, cast back [hidden]
    return float(np.float32(reference(distances, test_attribute, train_attribute)))

attributes as bytes [hidden]
    own, other = test_attribute.astype(np.uint8), train_attribute.astype(np.uint8)
    return reference(distances, own, other)

rounded [score=0]
    return round(reference(distances, test_attribute, train_attribute), 1)

float32 [score=0]
    return np.float32(reference(distances, test_attribute, train_attribute))
""")
