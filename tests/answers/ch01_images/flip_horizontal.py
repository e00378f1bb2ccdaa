"""Answers to flip_horizontal."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a copy, filled column by column
    mirrored = np.empty_like(image)
    for column in range(image.shape[1]):
        mirrored[:, column] = image[:, -1 - column]
    return mirrored

fliplr
    return np.fliplr(image)

flip
    return np.flip(image, 1).copy()

lists
    return np.array([row[::-1] for row in image.tolist()], dtype=np.uint8)

swaps on a copy, Fortran order
    out = np.array(image, order="F")
    for j in range(out.shape[1] // 2):
        out[:, [j, -1 - j]] = out[:, [-1 - j, j]]
    return out

an index of columns
    return image[:, np.arange(image.shape[1])[::-1]]

take
    return image.take(range(image.shape[1] - 1, -1, -1), axis=1)

stacked columns
    return np.stack([image[:, -1 - j] for j in range(image.shape[1])], axis=1)
""")

answers.wrong("""
everything reversed [score=0]
    return np.flip(image)

transposed [score=0]
    return image.swapaxes(0, 1)

first column lost [score=0]
    return image[:, :0:-1]

rolled [score=0]
    return np.roll(image, 1, axis=1)

floats [score=0.5]
    return reference(image).astype(float)

unchanged [score=0]
    return image.copy()

negative [score=0]
    return 255 - reference(image)

sorted [score=0]
    return np.sort(image, axis=1)[:, ::-1]

only the left half [score=0]
    half = image.shape[1] // 2
    return np.concatenate([image[:, :half:-1], image[:, : half + 1]], 1)
""")
