"""Answers to init_weights."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
one branch per scheme
    shape = (fan_out, fan_in)
    if scheme == "zeros":
        return np.zeros(shape)
    if scheme == "small":
        return 0.01 * rng.standard_normal(shape)
    if scheme == "xavier":
        return rng.standard_normal(shape) / np.sqrt(fan_in)
    if scheme == "he":
        return rng.standard_normal(shape) * np.sqrt(2.0 / fan_in)
    raise ValueError("unknown scheme")

match, and the std as an argument
    match scheme:
        case "zeros":
            std = 0.0
        case "small":
            std = 0.01
        case "xavier":
            std = np.sqrt(1 / fan_in)
        case "he":
            std = np.sqrt(2 / fan_in)
        case _:
            raise ValueError(scheme)
    return rng.normal(0.0, std, (fan_out, fan_in))

unit by unit, by a table of functions
    row_of = {
        "zeros": lambda: [0.0] * fan_in,
        "small": lambda: [rng.normal(scale=0.01) for _ in range(fan_in)],
        "xavier": lambda: rng.normal(scale=fan_in**-0.5, size=fan_in),
        "he": lambda: rng.normal(size=fan_in) * (2 / fan_in) ** 0.5,
    }
    try:
        draw = row_of[scheme]
    except KeyError as error:
        raise ValueError("no such scheme") from error
    return np.array([draw() for _ in range(fan_out)])

drawn as columns, then turned
    if scheme not in ("zeros", "small", "xavier", "he"):
        raise ValueError(scheme)
    gain = {"xavier": 1.0, "he": 2.0}.get(scheme, 0.0)
    std = 0.01 if scheme == "small" else np.sqrt(gain / fan_in)
    return (rng.normal(size=(fan_in, fan_out)) * std).T

a dictionary and standard_normal
    stds = {"zeros": 0.0, "small": 0.01, "xavier": fan_in**-0.5, "he": (2 / fan_in) ** 0.5}
    if scheme not in stds:
        raise ValueError("scheme must be one of " + ", ".join(stds))
    return stds[scheme] * rng.standard_normal((fan_out, fan_in))

match, a subclass of ValueError
    import math

    class UnknownSchemeError(ValueError):
        pass

    match scheme:
        case "zeros":
            variance = 0.0
        case "small":
            variance = 1e-4
        case "xavier" | "he":
            variance = {"xavier": 1, "he": 2}[scheme] / fan_in
        case _:
            raise UnknownSchemeError(scheme)
    return rng.normal(scale=math.sqrt(variance), size=(fan_out, fan_in))

number by number, column by column
    import math

    std = {
        "zeros": lambda: 0.0,
        "small": lambda: 0.01,
        "xavier": lambda: 1 / math.sqrt(fan_in),
        "he": lambda: math.sqrt(2 / fan_in),
    }.get(scheme)
    if std is None:
        raise ValueError(scheme)
    W = np.empty((fan_out, fan_in))
    for j in range(fan_in):
        for i in range(fan_out):
            W[i, j] = rng.normal(0.0, std())
    return W

a transposed view of a Fortran kind
    try:
        gain = {"zeros": 0, "small": 1e-4 * fan_in, "xavier": 1, "he": 2}[scheme]
    except KeyError:
        raise ValueError("no such scheme") from None
    return (rng.standard_normal((fan_in, fan_out)) * np.sqrt(gain / fan_in)).T

Box and Muller
    if scheme not in ("zeros", "small", "xavier", "he"):
        raise ValueError(f"{scheme} is not one of the four")
    W = np.zeros((fan_out, fan_in))
    if scheme == "zeros":
        return W
    radius = np.sqrt(-2 * np.log(1 - rng.random(W.shape)))
    W += radius * np.cos(2 * np.pi * rng.random(W.shape))
    return W * (0.01 if scheme == "small" else np.sqrt((1 + (scheme == "he")) / fan_in))

quantiles of uniform numbers
    import math
    import statistics

    std = [0, 0.01, math.sqrt(1 / fan_in), math.sqrt(2 / fan_in)]
    std = std[["zeros", "small", "xavier", "he"].index(scheme)]
    quantile = statistics.NormalDist().inv_cdf
    numbers = [quantile(min(max(u, 1e-16), 1 - 1e-16)) for u in rng.random(fan_in * fan_out)]
    return std * np.array(numbers).reshape(fan_out, fan_in)

filled in place, out=
    known = {"zeros", "small", "xavier", "he"}
    if not known.issuperset([scheme]):
        raise ValueError
    W = np.zeros((fan_out, fan_in), dtype=np.float64)
    if scheme != "zeros":
        rng.standard_normal(out=W)
        W *= 0.01 if scheme == "small" else 1.0
        W /= {"small": 1, "xavier": np.sqrt(fan_in), "he": np.sqrt(fan_in / 2)}[scheme]
    return W
""")

answers.wrong("""
small has variance 0.01
    - "small": 0.01
    + "small": 0.1

small has std 0.001
    - "small": 0.01
    + "small": 0.001

xavier of the mean of both fans
    - fan_in**-0.5
    + (2 / (fan_in + fan_out)) ** 0.5

he divided by fan_out alone
    - (2 / fan_in) ** 0.5
    + (2 / fan_out) ** 0.5

he is xavier
    - (2 / fan_in) ** 0.5
    + fan_in**-0.5

xavier is he
    - fan_in**-0.5
    + (2 / fan_in) ** 0.5

he has twice the std
    - (2 / fan_in) ** 0.5
    + 2 * fan_in**-0.5

he of 2 / (fan_in + fan_out)
    - (2 / fan_in) ** 0.5
    + (2 / (fan_in + fan_out)) ** 0.5

product of both fans [score=0]
    - stds[scheme] *
    + (scheme != "zeros") / (fan_in * fan_out) ** 0.5 *

a std of nearly 0 for zeros
    - "zeros": 0.0
    + "zeros": 1e-6

std 10 % too large
    - stds[scheme] *
    + 1.1 * stds[scheme] *

transposed [score=0]
    return reference(fan_out, fan_in, scheme, rng)

one input for all
    - rng.normal(size=(fan_out, fan_in))
    + np.repeat(rng.normal(size=(fan_out, 1)), fan_in, axis=1)

two units for all
    return np.resize(reference(fan_in, 2, scheme, rng), (fan_out, fan_in))

not around 0
    - rng.normal(
    + rng.normal(1,

sorted [score=0]
    W = reference(fan_in, fan_out, scheme, rng)
    return np.sort(W, axis=None).reshape(W.shape)

plus or minus the std
    - rng.normal(size=(fan_out, fan_in))
    + rng.choice([-1.0, 1.0], size=(fan_out, fan_in))

cut off at one std
    - rng.normal(size=(fan_out, fan_in))
    + rng.normal(size=(fan_out, fan_in)).clip(-1, 1)

float32 [score=0]
    return reference(fan_in, fan_out, scheme, rng).astype(np.float32)

whole zeros
    W = reference(fan_in, fan_out, scheme, rng)
    return W.astype(int) if scheme == "zeros" else W

ones for zeros
    W = reference(fan_in, fan_out, scheme, rng)
    return W + 1 if scheme == "zeros" else W

a list [score=1]
    return reference(fan_in, fan_out, scheme, rng).tolist()

flat [score=0]
    return reference(fan_in, fan_out, scheme, rng).ravel()

half of the inputs without weight
    return reference(fan_in, fan_out, scheme, rng) * (np.arange(fan_in) % 2) * 2**0.5

no he
    - if scheme not in stds:
    + if scheme not in stds or scheme == "he":

no zeros
    - if scheme not in stds:
    + if scheme not in stds or scheme == "zeros":

remembers what it drew [score=0]
    drawn = {}

    def init_weights(fan_in, fan_out, scheme, rng):
        W = reference(fan_in, fan_out, scheme, rng)
        return drawn.setdefault((fan_in, fan_out, scheme), W)
""")
