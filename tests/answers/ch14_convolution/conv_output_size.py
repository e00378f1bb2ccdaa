"""Answers to conv_output_size."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a loop
    side, places, start = size + 2 * padding, 0, 0
    while start + kernel <= side:
        places += 1
        start += stride
    if places == 0:
        raise ValueError("too large")
    return places

a range
    places = len(range(0, size + 2 * padding - kernel + 1, stride))
    if not places:
        raise ValueError
    return places

rounded down by NumPy
    if kernel > size + padding + padding:
        raise ValueError("the kernel is larger than the padded side")
    return int(np.floor((size + 2 * padding - kernel) / stride)) + 1

divmod
    places, _ = divmod(size + 2 * padding - kernel, stride)
    if size + 2 * padding < kernel:
        raise ValueError("does not fit")
    return places + 1

counted in an array
    starts = np.arange(0, size + 2 * padding, stride)
    places = np.count_nonzero(starts + kernel <= size + 2 * padding)
    if places == 0:
        raise ValueError("does not fit")
    return int(places)

an error of one's own
    class TooLarge(ValueError):
        pass

    def conv_output_size(size, kernel, stride, padding):
        if size + 2 * padding - kernel < 0:
            raise TooLarge(kernel)
        return (size + 2 * padding - kernel + stride) // stride

starts from the last to the first
    last = size + 2 * padding - kernel
    if last < 0:
        raise ValueError(f"{kernel} > {size + 2 * padding}")
    return 1 + sum(1 for start in range(last, 0, -1) if start % stride == 0)

a float's whole part
    import math

    places = (size + 2 * padding - kernel) / stride + 1
    if size + 2 * padding < kernel:
        raise ValueError("the kernel is too large")
    return math.floor(places)
""")

answers.wrong("""
half the padding [score=0]
    - 2 * padding
    + padding // 2

the kernel's half [score=0]
    - - kernel
    + - kernel // 2

two kernels [score=0]
    - - kernel
    + - 2 * kernel

one too many [score=0]
    - // stride + 1
    + // stride + 2

the padded side [score=0]
    return size + 2 * padding

a pair [score=0]
    return (reference(size, kernel, stride, padding),) * 2

a text [score=0]
    return str(reference(size, kernel, stride, padding))

order of stride and padding [score=0]
    return reference(size, kernel, padding or 1, stride)

None where it does not fit
    - raise ValueError(f"a kernel of {kernel} does not fit into {size} + 2 * {padding} pixels")
    + return None

words where it does not fit
    - raise ValueError(f"a kernel of {kernel} does not fit into {size} + 2 * {padding} pixels")
    + return "raises ValueError"

an error given back where it does not fit
    - raise ValueError(f"a kernel of {kernel} does not fit into {size} + 2 * {padding} pixels")
    + return ValueError("does not fit")

an assertion
    - if room < 0:
    -     raise ValueError(f"a kernel of {kernel} does not fit into {size} + 2 * {padding} pixels")
    + assert room >= 0

strides beyond the kernel refused [hidden]
    - if room < 0:
    + if room < 0 or stride > kernel:

stride 1 alone [score=0]
    - room // stride + 1
    + room + 1 if stride == 1 else room // stride

ints of Python alone [hidden]
    if any(type(n) is not int for n in (size, kernel, stride, padding)):
        raise TypeError("whole numbers, please")
    return reference(size, kernel, stride, padding)

bytes for sides [hidden]
    room = reference(size, kernel, stride, padding)
    return int(np.uint8(room % 256))
""")
