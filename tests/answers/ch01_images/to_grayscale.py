"""Answers to to_grayscale."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
channel by channel
    red, green, blue = image[..., 0], image[..., 1], image[..., 2]
    return 0.299 * red + 0.587 * green + 0.114 * blue

number by number
    height, width = image.shape[:2]
    grey = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            for channel, weight in enumerate((0.299, 0.587, 0.114)):
                grey[row, column] += weight * float(image[row, column, channel])
    return grey

einsum with whole weights
    weights = np.array([299, 587, 114])
    return np.einsum("hwc,c->hw", image.astype(np.float64), weights) / 1000

np.dot
    return np.dot(image[..., :3], [0.299, 0.587, 0.114])

weighted mean
    return np.average(image, axis=2, weights=[0.299, 0.587, 0.114])

tensordot, Fortran order
    weights = np.array([0.299, 0.587, 0.114])
    return np.asfortranarray(np.tensordot(image.astype(float), weights, axes=([2], [0])))

pure Python
    return np.array(
        [[0.299 * r + 0.587 * g + 0.114 * b for r, g, b in line] for line in image.tolist()]
    )
""")

answers.wrong("""
sums in uint8 [score=0]
    parts = (image * np.array([0.299, 0.587, 0.114])).astype(np.uint8)
    return (parts[..., 0] + parts[..., 1] + parts[..., 2]).astype(float)

uint8 [score=0]
    return reference(image).astype(np.uint8)

rounded [score=0]
    return np.round(reference(image))

keeps the axis [score=0.5]
    return reference(image)[..., None]

three equal channels [score=0]
    return np.repeat(reference(image)[..., None], 3, axis=2)

weights of HDTV [score=0]
    - 0.299, 0.587, 0.114
    + 0.2126, 0.7152, 0.0722

two weights swapped [score=0]
    - 0.299, 0.587
    + 0.587, 0.299

four digits of another source [score=0]
    - 0.299, 0.587, 0.114
    + 0.2989, 0.5870, 0.1140

float32 [score=0]
    return reference(image).astype(np.float32)

red channel [score=0]
    return image[..., 0].astype(float)

over the first axis [score=0]
    return np.tensordot([0.299, 0.587, 0.114], image[:3].astype(float), axes=1)

divided by three [score=0]
    return reference(image) / 3

a list [score=0.5]
    return reference(image).tolist()
""")
