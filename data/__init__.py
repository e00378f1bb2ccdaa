"""The course's data sets, all in one form: ``load(name)`` gives a `Dataset`."""

from data.dataset import Dataset
from data.loading import SETTING, load, names
from data.pictures import background, photo, sprite

__all__ = ["SETTING", "Dataset", "background", "load", "names", "photo", "sprite"]
