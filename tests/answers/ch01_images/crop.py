"""Answers to crop."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
pixel by pixel
    piece = np.zeros((height, width, 3), dtype=image.dtype)
    for row in range(height):
        for column in range(width):
            piece[row, column] = image[top + row, left + column]
    return piece

lists of rows and columns
    rows, columns = np.arange(top, top + height), np.arange(left, left + width)
    return image[rows[:, None], columns]

one axis after the other
    below = np.split(image, [top, top + height], axis=0)[1]
    return np.array(np.split(below, [left, left + width], axis=1)[1])

lists of pixels
    lines = [line[left : left + width] for line in image.tolist()[top : top + height]]
    return np.array(lines, dtype=np.uint8)

np.array of slices
    return np.array(image[top : top + height, left : left + width, :], copy=True)

np.ix_
    return image[np.ix_(range(top, top + height), range(left, left + width))]

take twice
    return image.take(np.arange(height) + top, axis=0).take(np.arange(width) + left, axis=1)

split twice, in Fortran order
    below = np.vsplit(image, [top, top + height])[1]
    return np.hsplit(below, [left, left + width])[1].copy(order="F")
""")

answers.wrong("""
blackens what is cut [score=0]
    out = reference(image, top, left, height, width)
    image[top : top + height, left : left + width] = 0
    return out

top and left swapped [score=0]
    return reference(image, left, top, height, width)

height and width swapped [score=0]
    return reference(image, top, left, width, height)

ignores top [score=0]
    return reference(image, 0, left, height, width)

ignores left [score=0]
    return reference(image, top, 0, height, width)

counts from one [score=0]
    return reference(image, top + 1, left + 1, height, width)

squares [score=0]
    return reference(image, top, left, height, height)

floats [score=1]
    return reference(image, top, left, height, width).astype(float)

integers [score=1]
    return reference(image, top, left, height, width).astype(int)

one channel [score=0]
    return reference(image, top, left, height, width)[..., 0]

zero outside [score=0]
    return np.pad(reference(image, top, left, height, width), ((1, 0), (0, 0), (0, 0)))[:-1]
""")
