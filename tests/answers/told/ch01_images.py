"""Wrong answers to the exercises of chapter 01, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
describe, width first => width-first
    info = {}
    info["width"] = image.shape[0]
    info["height"] = image.shape[1]
    info["channels"] = image.shape[2] if image.ndim == 3 else 1
    info["dtype"] = str(image.dtype)
    info["min"], info["max"] = image.min().item(), image.max().item()
    return info

describe, the dtype as it is => dtype-object
    h, w = image.shape[:2]
    c = 1 if len(image.shape) == 2 else image.shape[2]
    return dict(height=h, width=w, channels=c, dtype=image.dtype, min=image.min().item(),
                max=image.max().item())

describe, three axes taken for granted => nothing
    H, W, C = image.shape
    return {"height": H, "width": W, "channels": C, "dtype": image.dtype.name,
            "min": image.min().item(), "max": image.max().item()}

describe, np.min as it comes => numpy-numbers
    H, W = image.shape[0], image.shape[1]
    C = image.shape[2] if image.ndim > 2 else 1
    return {"height": H, "width": W, "channels": C, "dtype": str(image.dtype),
            "min": np.min(image), "max": np.max(image)}

describe, int of everything => floats-cut
    H, W = image.shape[0], image.shape[1]
    C = image.shape[2] if image.ndim > 2 else 1
    return {"height": H, "width": W, "channels": C, "dtype": str(image.dtype),
            "min": int(np.min(image)), "max": int(np.max(image))}

describe, 0 channels for grey => no-channels-for-grey
    H, W = image.shape[0], image.shape[1]
    C = image.shape[2] if image.ndim > 2 else 0
    return {"height": H, "width": W, "channels": C, "dtype": str(image.dtype),
            "min": image.min().item(), "max": image.max().item()}

crop, size as the end => size-as-end
    patch = image[top:height, left:width]
    return np.array(patch)

crop, no copy => view
    bottom = top + height
    right = left + width
    return image[top:bottom, left:right, :]

crop, x before y => left-first
    return np.copy(image[left : left + width, top : top + height])

crop, end included => one-more
    return image[top : top + height + 1, left : left + width + 1].copy()

flip_horizontal, flipud => upside-down
    return np.flipud(image)

flip_horizontal, swapped in a loop without a copy => overwritten in-place
    H, W, _ = image.shape
    for j in range(W):
        image[:, j] = image[:, W - 1 - j]
    return image

flip_horizontal, np.flip of everything => channels-too everything-reversed
    return np.flip(image)

flip_horizontal, transposed => transposed
    return np.transpose(image, (1, 0, 2))

to_grayscale, mean => plain-mean
    return np.mean(image, axis=-1)

to_grayscale, cast to uint8 => whole-numbers cut
    gray = 0.299 * image[:, :, 0] + 0.587 * image[:, :, 1] + 0.114 * image[:, :, 2]
    return gray.astype(np.uint8)

to_grayscale, OpenCV's order => blue-first
    b, g, r = image[..., 0], image[..., 1], image[..., 2]
    return 0.299 * r + 0.587 * g + 0.114 * b

to_grayscale, between 0 and 1 => zero-to-one
    img = image / 255.0
    return img @ np.array([0.299, 0.587, 0.114])

to_grayscale, other weights => other-weights
    return np.dot(image[..., :3], [0.2126, 0.7152, 0.0722])

change_brightness, straight back to uint8 => wraps
    return (image * factor).round().astype(np.uint8)

change_brightness, clipped and cut => fractions-cut
    bright = image.astype(np.float32) * factor
    bright[bright > 255] = 255
    bright[bright < 0] = 0
    return bright.astype(np.uint8)

change_brightness, clipped after the cast => wraps clipped-too-late
    out = np.round(image * factor).astype(np.uint8)
    return np.clip(out, 0, 255)

change_brightness, upper end alone => wraps-below-zero
    out = np.round(image * float(factor))
    out[out > 255] = 255
    return out.astype(np.int32).astype(np.uint8)

change_brightness, added => adds
    shifted = image.astype(int) + round((factor - 1) * 255)
    return np.clip(shifted, 0, 255).astype(np.uint8)

occlude, painted on the image itself => in-place
    H, W = image.shape[:2]
    t, b = max(0, top), max(0, min(H, top + height))
    l, r = max(0, left), max(0, min(W, left + width))
    image[t:b, l:r] = value
    return image

occlude, no care for the edges => negative-counts-from-the-end
    result = np.copy(image)
    result[top : top + height, left : left + width, :] = value
    return result

occlude, top and left clipped => end-not-clipped
    out = image.copy()
    r0, c0 = max(0, top), max(0, left)
    r1, c1 = min(image.shape[0], top + height), min(image.shape[1], left + width)
    out[r0:r1, c0:c1] = value
    return out

occlude, size kept where clipped => pushed-inside
    out = image.copy()
    top, left = max(top, 0), max(left, 0)
    out[top : top + height, left : left + width] = value
    return out

occlude, zero always => always-black
    out = image.copy()
    out[max(top, 0) : max(top + height, 0), max(left, 0) : max(left + width, 0)] = 0
    return out

occlude, height as the last row => size-as-end
    out = image.copy()
    out[max(top, 0) : max(height, 0), max(left, 0) : max(width, 0)] = value
    return out

composite, the wrong layer => layers-swapped
    a = alpha[..., np.newaxis]
    return np.rint((1 - a) * foreground + a * background).astype(np.uint8)

composite, cast without rounding => fractions-cut
    mix = alpha[..., None] * foreground + (1 - alpha[..., None]) * background
    return mix.astype(np.uint8)

composite, two axes => two-axes-times-three
    return np.round(alpha * foreground + (1 - alpha) * background).astype(np.uint8)

composite, mask => all-or-nothing
    out = background.copy()
    mask = alpha >= 0.5
    out[mask] = foreground[mask]
    return out

composite, floats => stays-float
    a = np.dstack([alpha] * 3)
    return np.round(a * foreground + (1 - a) * background)

composite, uint8 layers added => rounded-twice
    a = alpha[:, :, None]
    fg = np.round(a * foreground).astype(np.uint8)
    bg = np.round((1 - a) * background).astype(np.uint8)
    return fg + bg

images_to_rows, no float => still-uint8
    N = images.shape[0]
    return images.reshape(N, -1)

images_to_rows, flattened => one-long-row
    return images.astype(float).flatten()

images_to_rows, columns => columns
    cols = [img.ravel() for img in images]
    return np.stack(cols, axis=1).astype(np.float64)

images_to_rows, scaled => zero-to-one
    rows = [img.flatten() / 255.0 for img in images]
    return np.array(rows)

images_to_rows, channel after channel => channel-first
    N = len(images)
    x = np.transpose(images, (0, 3, 1, 2))
    return x.reshape(N, -1).astype(np.float64)

crop, x before y with their own sizes => left-first-in-the-start
    return np.array(image[left : left + height, top : top + width])

occlude, x before y with their own sizes => left-first-in-the-start
    new = np.copy(image)
    x, y = max(left, 0), max(top, 0)
    new[x : max(left + height, 0), y : max(top + width, 0), :] = value
    return new

flip_horizontal, W less column => first-column-lost
    H, W, _ = image.shape
    new = np.zeros((H, W, 3), dtype=np.uint8)
    for i in range(W - 1):
        new[:, W - 1 - i] = image[:, i + 1]
    return new
""")
