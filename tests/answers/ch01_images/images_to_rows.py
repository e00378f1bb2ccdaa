"""Answers to images_to_rows."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
one image at a time
    return np.array([image.ravel() for image in images], dtype=np.float64)

number by number
    count, height, width, channels = images.shape
    rows = np.zeros((count, height * width * channels))
    for n, row, column, channel in np.ndindex(images.shape):
        rows[n, (row * width + column) * channels + channel] = images[n, row, column, channel]
    return rows

nested lists
    return np.array(
        [[float(v) for row in image for pixel in row for v in pixel] for image in images.tolist()]
    )

laid end to end, then cut
    return np.vstack(np.split(images.astype(float).flatten(), images.shape[0]))

a column at a time
    import itertools

    n, h, w, c = images.shape
    rows = np.zeros((n, h * w * c))
    for i, j, k in itertools.product(range(h), range(w), range(c)):
        rows[:, (i * w + j) * c + k] = images[:, i, j, k]
    return rows

float first
    return np.float64(images).reshape((images.shape[0], np.prod(images.shape[1:])))

flatten in a loop, Fortran order
    return np.array([i.flatten().tolist() for i in images], dtype=float, order="F")

vstack
    return np.vstack([i.reshape(1, -1) * 1.0 for i in images])
""")

answers.wrong("""
float32 [score=0]
    - (np.float64)
    + (np.float32)

reshaped the wrong way [score=0]
    return images.reshape(-1, len(images)).T.astype(float)

Fortran order of pixels [score=0]
    - -1)
    + -1, order="F")

a row per pixel [score=0]
    return images.reshape(-1, 3).astype(float)

the first channel [score=0]
    return reference(images[..., :1])

centred [score=0]
    return reference(images) - reference(images).mean(axis=0)

always 32 x 32 [score=0]
    return images.reshape(-1, 32 * 32 * 3).astype(float)

integers [score=0.5]
    - np.float64
    + int

lists [score=0.5]
    return reference(images).tolist()
""")
