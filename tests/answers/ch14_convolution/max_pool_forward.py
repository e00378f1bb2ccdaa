"""Answers to max_pool_forward."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
four loops
    n, c, height, width = x.shape
    out = np.zeros((n, c, height // size, width // size))
    for a, b, i, j in np.ndindex(out.shape):
        window = x[a, b, i * size : (i + 1) * size, j * size : (j + 1) * size]
        out[a, b, i, j] = window.max()
    return out, (x, size)

windows
    view = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return view[:, :, ::size, ::size].max(axis=(4, 5)).astype(float), (x, size)

two steps
    down, across = x.shape[2] // size, x.shape[3] // size
    rows = x[:, :, : down * size].reshape(*x.shape[:2], down, size, -1).max(axis=3)
    out = rows[..., : across * size].reshape(*x.shape[:2], down, across, size).max(axis=4)
    return np.array(out, dtype=np.float64), {"x": x, "size": size}

np.maximum over the places of a window
    down, across = x.shape[2] // size, x.shape[3] // size
    out = np.full((*x.shape[:2], down, across), -np.inf)
    for i in range(size):
        for j in range(size):
            out = np.maximum(out, x[:, :, i::size, j::size][:, :, :down, :across])
    return out, None

sorted windows
    n, c, height, width = x.shape
    x = np.asarray(x, dtype=np.float64)
    h, w = height - height % size, width - width % size
    cut = x[:, :, :h, :w].reshape(n, c, h // size, size, w // size, size)
    cut = cut.transpose(0, 1, 2, 4, 3, 5).reshape(n, c, h // size, w // size, size * size)
    return np.sort(cut, axis=-1)[..., -1].copy(), (cut.argmax(axis=-1), x.shape, size)

reduceat
    rows = np.arange(x.shape[2] // size) * size
    columns = np.arange(x.shape[3] // size) * size
    cut = x[:, :, : len(rows) * size, : len(columns) * size].astype(np.float64)
    out = np.maximum.reduceat(np.maximum.reduceat(cut, rows, axis=2), columns, axis=3)
    return [out, (x, size)]
""")

answers.wrong("""
median [score=0]
    down, across = x.shape[2] // size, x.shape[3] // size
    cut = x[:, :, : down * size, : across * size].reshape(*x.shape[:2], down, size, across, size)
    return np.median(cut, axis=(3, 5)), (x, size)

sum [score=0]
    down, across = x.shape[2] // size, x.shape[3] // size
    cut = x[:, :, : down * size, : across * size].reshape(*x.shape[:2], down, size, across, size)
    return cut.sum(axis=(3, 5), dtype=float), (x, size)

upper left corner [score=0]
    - for i in range(size):
    -     for j in range(size):
    + for i in range(1):
    +     for j in range(1):

rows alone [score=0]
    - for i in range(size):
    + for i in range(1):

columns alone [score=0]
    - for j in range(size):
    + for j in range(1):

squares [score=0]
    return (reference(np.asarray(x, float) ** 2, size)[0] ** 0.5), (x, size)

one number a map [score=0]
    return np.asarray(x, float).max(axis=(2, 3), keepdims=True), (x, size)

transposed maps [score=0]
    return reference(x, size)[0].swapaxes(2, 3).copy(), (x, size)

channels last [score=0]
    return reference(x, size)[0].transpose(0, 2, 3, 1).copy(), (x, size)

the place of the maximum [score=0]
    down, across = x.shape[2] // size, x.shape[3] // size
    cut = x[:, :, : down * size, : across * size].reshape(*x.shape[:2], down, size, across, size)
    return cut.swapaxes(3, 4).reshape(*x.shape[:2], down, across, -1).argmax(axis=4), (x, size)

always two [score=0]
    return reference(x, 2)

a view of x where nothing is pooled
    if size == 1 and x.dtype == np.float64:
        return x, (x, size)
    return reference(x, size)

begins at a number that is far below 0 [hidden]
    - -np.inf
    + -1e9

begins at the smallest whole number [hidden]
    - -np.inf
    + float(np.iinfo(np.int32).min)

float64 for whole numbers alone [hidden]
    out, cache = reference(x, size)
    return (out.astype(np.float32) if x.dtype == np.float32 else out), cache
""")
