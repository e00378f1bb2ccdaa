"""Answers to describe."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
cases by hand
    said = {"channels": 1}
    said["height"], said["width"] = len(image), len(image[0])
    if len(image.shape) > 2:
        said["channels"] = image.shape[-1]
    number = int if np.issubdtype(image.dtype, np.integer) else float
    said.update(dtype=str(image.dtype), min=number(np.min(image)), max=number(np.max(image)))
    return said

from a flat list
    height, width, channels = (*image.shape, 1)[:3]
    n = sorted(image.ravel().tolist())
    sizes = dict(height=height, width=width, channels=channels)
    return dict(**sizes, dtype=f"{image.dtype}", min=n[0], max=n[-1])

every image made three-dimensional
    cube = image.reshape(image.shape[0], image.shape[1], -1)
    names = ("height", "width", "channels")
    ends = {name: getattr(cube, name)().tolist() for name in ("min", "max")}
    return {**dict(zip(names, cube.shape, strict=True)), **ends, "dtype": cube.dtype.name}

by the kind of the dtype
    number = float if np.issubdtype(image.dtype, np.floating) else int
    h, w, c = image.shape if image.ndim > 2 else (*image.shape, 1)
    ends = {"min": number(image.min()), "max": number(image.max())}
    return ends | {"dtype": str(image.dtype), "height": int(h), "width": int(w), "channels": int(c)}

pure Python over a list
    flat = image.ravel().tolist()
    shape = np.atleast_3d(image).shape
    found = {"height": shape[0], "width": shape[1], "channels": shape[2]}
    found.update(dtype=f"{image.dtype}", min=min(flat), max=max(flat))
    return found

len where there is one
    n = sorted(image.reshape(-1).tolist())
    try:
        channels = len(image[0, 0])
    except TypeError:
        channels = 1
    sizes = {"height": len(image), "width": len(image[0]), "channels": channels}
    return {**sizes, "dtype": np.dtype(image.dtype).name, "min": n[0], "max": n[-1]}

a data class turned into a dict
    import dataclasses

    @dataclasses.dataclass
    class Description:
        height: int
        width: int
        channels: int
        dtype: str
        min: float
        max: float

    channels = image.size // (image.shape[0] * image.shape[1])
    low, high = np.sort(image, axis=None)[[0, -1]].tolist()
    return dataclasses.asdict(Description(*image.shape[:2], channels, image.dtype.name, low, high))

amin, amax and tolist
    rows, columns, *rest = image.shape
    ends = np.amin(image).tolist(), np.amax(image).tolist()
    names = ("height", "width", "channels", "dtype", "min", "max")
    values = [rows, columns, *(rest or [1]), image.dtype.name, *ends]
    return dict(zip(names, values, strict=True))

one name too many
    return reference(image) | {"size": image.size}
""")

answers.wrong("""
dtype class as text [score=0]
    return reference(image) | {"dtype": str(image.dtype.type)}

always uint8
    return reference(image) | {"dtype": "uint8"}

always three channels
    return reference(image) | {"channels": 3}

channels is the last axis
    return reference(image) | {"channels": image.shape[-1]}

channels is 0 for grey
    - 1 if image
    + 0 if image

channels is the number of axes
    return reference(image) | {"channels": image.ndim}

floats for every image
    return reference(image) | {"min": float(image.min()), "max": float(image.max())}

extremes per channel [score=0]
    return reference(image) | {"min": image.min(axis=(0, 1)).tolist()}

extremes of the first channel [score=0]
    first = image[..., 0]
    return reference(image) | {"min": first.min().item(), "max": first.max().item()}

a tuple [score=0]
    return tuple(reference(image).values())

other names [score=0]
    return {name.title(): value for name, value in reference(image).items()}

min and max swapped [score=0]
    said = reference(image)
    return said | {"min": said["max"], "max": said["min"]}
""")
