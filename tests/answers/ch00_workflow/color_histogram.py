"""Answers to color_histogram."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
pixel by pixel
    n, height, width, _ = images.shape
    result = np.zeros((n, 3 * bins))
    for i in range(n):
        for row in images[i]:
            for pixel in row:
                for c in range(3):
                    result[i, c * bins + int(pixel[c]) * bins // 256] += 1
    return result / (height * width)

np.histogram, divided by its sum
    rows = []
    for image in images:
        blocks = []
        for c in range(3):
            counts, _ = np.histogram(image[..., c], bins=bins, range=(0, 256))
            blocks.append(counts / counts.sum())
        rows.append(np.concatenate(blocks))
    return np.array(rows)

borders by linspace
    borders = np.linspace(0, 256, bins + 1)
    number = np.searchsorted(borders, images.astype(np.float64), side="right") - 1
    onehot = np.eye(bins)[number]  # (N, H, W, 3, bins)
    return onehot.mean(axis=(1, 2)).reshape(len(images), -1)

bincount of everything at once
    n, size = len(images), images.shape[1] * images.shape[2]
    number = np.floor(images / (256 / bins)).astype(int).reshape(n, size, 3)
    place = number + bins * np.arange(3) + 3 * bins * np.arange(n)[:, None, None]
    return np.bincount(place.ravel(), minlength=3 * bins * n).reshape(n, 3 * bins) / size

np.histogram
    return np.array([
        np.concatenate(
            [np.histogram(image[..., c], bins, (0, 256))[0] / image[..., c].size for c in range(3)]
        ) for image in images
    ])

pure Python
    rows = []
    for image in images.tolist():
        row, pixels = [0.0] * (3 * bins), [p for line in image for p in line]
        for pixel in pixels:
            for c, value in enumerate(pixel):
                row[c * bins + value * bins // 256] += 1 / len(pixels)
        rows.append(row)
    return np.array(rows)

np.bincount
    n = len(images)
    which = images.reshape(n, -1, 3).astype(np.int64) * bins // 256
    out = np.empty((n, 3, bins))
    for i in range(n):
        for c in range(3):
            out[i, c] = np.bincount(which[i, :, c], minlength=bins)
    return out.reshape(n, -1) / which.shape[1]

np.add.at
    n, height, width, _ = images.shape
    out = np.zeros((n, 3, bins))
    index = np.floor(images / 256 * bins).astype(int)
    np.add.at(out, (np.arange(n)[:, None, None, None], np.arange(3), index), 1)
    return out.reshape(n, 3 * bins) / (height * width)

comparisons with every bin
    index = images.astype(np.float64) * bins // 256
    blocks = [np.mean(index == b, axis=(1, 2)) for b in range(bins)]
    return np.stack(blocks, axis=-1).reshape(len(images), -1)

digitize, Fortran order
    edges = np.linspace(0, 256, bins + 1)
    which = np.digitize(images, edges) - 1
    hot = np.eye(bins)[which]
    return np.asfortranarray(hot.mean(axis=(1, 2)).reshape(len(images), -1))

searchsorted and differences
    edges = np.arange(bins + 1) * 256 / bins
    flat = np.sort(images.reshape(len(images), -1, 3), axis=1)
    found = [[np.diff(np.searchsorted(f[:, c], edges)) for c in range(3)] for f in flat]
    return np.array(found, dtype=float).reshape(len(images), -1) / flat.shape[1]
""")

answers.wrong("""
divided by the square of the height [score=0]
    return reference(images, bins) * images.shape[2] / images.shape[1]

over 0..255
    - bins // 256
    + bins // 255

always 8 bins [score=0]
    return reference(images, 8)

float32 [score=0]
    return reference(images, bins).astype(np.float32)

fractions in single precision, cast back
    return reference(images, bins).astype(np.float32).astype(np.float64)

counted in uint8 [hidden]
    pixels = images.reshape(len(images), -1, 3).astype(int) * bins // 256
    counts = np.stack([np.sum(pixels == b, axis=1, dtype=np.uint8) for b in range(bins)], axis=2)
    return counts.reshape(len(images), -1) / pixels.shape[1]

counted in int16 [hidden]
    pixels = images.reshape(len(images), -1, 3).astype(int) * bins // 256
    counts = np.stack([np.sum(pixels == b, axis=1, dtype=np.int16) for b in range(bins)], axis=2)
    return counts.reshape(len(images), -1) / pixels.shape[1]

of the first image [score=0]
    return np.tile(reference(images[:1], bins), (len(images), 1))

averaged over the batch [score=0]
    return reference(images, bins).mean(axis=0)

three axes [score=0]
    return reference(images, bins).reshape(-1, 3, bins)

off by 1e-4 [score=0]
    return reference(images, bins) + 1e-4

uint8 wraps around [score=0]
    - pixels.astype(np.int64) * bins
    + pixels * np.uint8(bins)

bins closed on the right
    - pixels.astype(np.int64) * bins // 256
    + np.maximum(np.ceil(pixels.astype(float) * bins / 256).astype(int) - 1, 0)
""")
