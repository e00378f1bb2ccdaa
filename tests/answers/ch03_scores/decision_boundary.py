"""Answers to decision_boundary."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a signed sum of all classes
    sign = np.zeros(len(W))
    sign[i], sign[j] = 1.0, -1.0
    return sign @ W, float(sign @ b)

folded, split again, in a list
    folded = np.concatenate([W, b[:, None]], axis=1)
    difference = np.subtract(folded[i], folded[j])
    return [difference[:-1], difference[-1]]

feature by feature
    normal = np.empty(W.shape[1])
    for d in range(W.shape[1]):
        normal[d] = W[i, d] - W[j, d]
    return normal, np.array(b[i] - b[j])

folded bias
    folded = np.column_stack([W, b])
    *normal, offset = folded[i] - folded[j]
    return np.array(normal), offset

copies in place, one-hot
    sign = np.zeros(len(b))
    sign[i] += 1
    sign[j] -= 1
    return np.einsum("c,cd->d", sign, W), np.sum(sign * b).item()

float and a list
    return [np.subtract(W[i], W[j]), float(b[i]) - float(b[j])]

product with a signed pair
    signs = np.array([1.0, -1.0])
    return signs @ W[[i, j]], signs @ b[[i, j]]

0-d offset
    return -np.diff(W[[i, j], :], axis=0)[0], np.array(b[i] - b[j])

pure Python
    normal = [p - q for p, q in zip(W[i].tolist(), W[j].tolist(), strict=True)]
    return np.array(normal), b.tolist()[i] - b.tolist()[j]
""")

answers.wrong("""
offset of class i [score=0]
    return W[i] - W[j], b[i]

columns [score=0]
    d = W.shape[1]
    return W[:, i % d] - W[:, j % d], b[i] - b[j]

along the line [score=0]
    return (W[i] - W[j])[::-1] * np.resize([-1.0, 1.0], W.shape[1]), b[i] - b[j]

always 0 and 1
    return reference(W, b, 0, 1)

smaller label first
    return reference(W, b, min(i, j), max(i, j))

two features alone
    return (W[i] - W[j])[:2], b[i] - b[j]

offset as an array [score=1]
    return W[i] - W[j], b[i : i + 1] - b[j : j + 1]

sizes [score=0]
    return np.abs(W[i] - W[j]), np.abs(b[i] - b[j])

swapped values [score=0]
    return b[i] - b[j], W[i] - W[j]

one array [score=0]
    return np.append(W[i] - W[j], b[i] - b[j])

half [score=0]
    return (W[i] - W[j]) / 2, (b[i] - b[j]) / 2

float32 [score=0]
    return (W[i] - W[j]).astype(np.float32), b[i] - b[j]

slope and intercept [score=0]
    normal = W[i] - W[j]
    return -normal / normal[-1], -(b[i] - b[j]) / normal[-1]
""")
