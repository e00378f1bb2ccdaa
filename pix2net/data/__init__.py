"""The course's data sets, all in one form: ``load(name)`` gives a `Dataset`."""

from pix2net.data.by_drawing import parts_by_drawing
from pix2net.data.dataset import Dataset
from pix2net.data.loading import SETTING, load, names
from pix2net.data.pictures import background, photo, sprite

__all__ = [
    "SETTING",
    "Dataset",
    "background",
    "load",
    "names",
    "parts_by_drawing",
    "photo",
    "sprite",
]
