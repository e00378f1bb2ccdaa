"""Answers to occlude."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
pixel by pixel of the image
    covered = np.array(image)
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            if top <= row < top + height and left <= column < left + width:
                covered[row, column] = value
    return covered

pixel by pixel of the rectangle, Fortran order
    out = np.copy(image, order="F")
    for i in range(top, top + height):
        for j in range(left, left + width):
            if 0 <= i < image.shape[0] and 0 <= j < image.shape[1]:
                out[i, j, :] = value
    return out

where over index grids
    rows, columns = np.ogrid[: image.shape[0], : image.shape[1]]
    inside = (rows >= top) & (rows < top + height) & (columns >= left) & (columns < left + width)
    return np.where(inside[:, :, None], np.uint8(value), image)

a boolean mask
    rows, columns = np.indices(image.shape[:2])
    high, wide = (top <= rows) * (rows < top + height), (left <= columns) * (columns < left + width)
    out = np.array(image)
    out[high * wide] = value
    return out

clip of the corners
    first_row, end_row = np.clip([top, top + height], 0, image.shape[0])
    first_column, end_column = np.clip([left, left + width], 0, image.shape[1])
    covered = image + np.uint8(0)
    covered[first_row:end_row, first_column:end_column].fill(value)
    return covered

products of one-dimensional masks
    def along(size, start, length):
        return np.isin(np.arange(size), np.arange(start, start + length))

    h, w = image.shape[:2]
    mask = np.outer(along(h, top, height), along(w, left, width))
    out = image.copy()
    np.putmask(out, np.repeat(mask[:, :, None], 3, axis=2), np.uint8(value))
    return out

padded, filled, cut again
    tall, wide = image.shape[:2]
    margin = abs(top) + abs(left) + height + width
    canvas = np.pad(image, [(margin, margin), (margin, margin), (0, 0)])
    canvas[margin + top : margin + top + height, margin + left : margin + left + width] = value
    return canvas[margin : margin + tall, margin : margin + wide]
""")

answers.wrong("""
nothing where it sticks out
    h, w = image.shape[:2]
    within = top >= 0 and left >= 0 and top + height <= h and left + width <= w
    return reference(image, top, left, height, width, value) if within else image.copy()

moved inside
    h, w = image.shape[:2]
    top, left = min(max(top, 0), h - height), min(max(left, 0), w - width)
    return reference(image, top, left, height, width, value)

raises where it lies outside
    if top + height <= 0 or left + width <= 0 or top >= image.shape[0] or left >= image.shape[1]:
        raise ValueError("outside")
    return reference(image, top, left, height, width, value)

default 255
    - value: int = 0
    + value: int = 255

no default
    - value: int = 0
    + value: int

top and left swapped [score=0]
    return reference(image, left, top, height, width, value)

one more [score=0]
    return reference(image, top, left, height + 1, width + 1, value)

floats [score=1.5]
    return reference(image, top, left, height, width, value).astype(float)

the rest is filled [score=0]
    inside = reference(image * 0, top, left, height, width, 1) > 0
    return np.where(inside, image, np.uint8(value))
""")
