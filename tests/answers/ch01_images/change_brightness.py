"""Answers to change_brightness."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
number by number
    result = np.zeros_like(image)
    for index in np.ndindex(image.shape):
        value = round(int(image[index]) * factor)
        result[index] = min(max(value, 0), 255)
    return result

a table of 256 answers
    table = np.rint(np.arange(256) * factor)
    table[table < 0], table[table > 255] = 0, 255
    return table.astype(np.uint8)[image]

where it is too large, where it is too small
    product = image * float(factor)
    product = np.where(product > 255, 255, np.where(product < 0, 0, product))
    return np.floor(product + 0.5).astype("uint8")

single precision
    product = np.multiply(image, factor, dtype=np.float32)
    return product.round().clip(0, 255).astype(np.uint8)

in place on a copy
    out = image.astype(np.float64)
    out *= factor
    out[out > 255] = 255
    out[out < 0] = 0
    np.rint(out, out=out)
    return out.astype(np.uint8)

number by number, a half added
    import math

    out = np.zeros_like(image)
    for index in np.ndindex(image.shape):
        value = math.floor(int(image[index]) * factor + 0.5)
        out[index] = 0 if value < 0 else 255 if value > 255 else value
    return out

clip and rint
    return np.clip(np.rint(image * float(factor)), 0, 255).astype(np.uint8)

clip, then add a half
    return (np.clip(image.astype(np.float64) * factor, 0, 255) + 0.5).astype(np.uint8)

minimum and maximum
    product = np.multiply(image, factor, dtype=float)
    return np.uint8(np.around(np.minimum(np.maximum(product, 0), 255)))
""")

answers.wrong("""
rounded up [score=0]
    - np.round
    + np.ceil

only factors up to one [score=0]
    return reference(image, min(float(factor), 1.0))

size of the factor
    return reference(image, abs(factor))

integer factor
    return reference(image, int(factor))

adds the factor [score=0]
    - * factor
    + + factor

saturates at 254 [score=0]
    - 0, 255
    + 0, 254

saturates at 256 [score=0]
    - np.clip(brighter, 0, 255)
    + np.clip(brighter, 0, 256).astype(np.int64)

stretched to the full range [score=0]
    product = image * float(factor)
    return np.rint(255.0 * product / max(product.max(), 1)).clip(0, 255).astype(np.uint8)

an int factor wraps
    if isinstance(factor, int) and factor >= 0:
        return image * np.uint8(factor)
    return reference(image, factor)

int16 [score=1.5]
    - np.uint8
    + np.int16
""")
