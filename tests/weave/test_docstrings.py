"""What a learner reads above an exercise has one form: arguments by name, what it returns."""

import inspect
import re

import pytest

from grader.exercises.registry import chapters

EXERCISES = [exercise for chapter in chapters().values() for exercise in chapter.exercises.values()]


def functions_of(reference):
    """The functions with a docstring that an exercise asks for: itself, or its public methods."""
    if not inspect.isclass(reference):
        return {reference.__name__: reference}
    methods = {name: each for name, each in vars(reference).items() if inspect.isfunction(each)}
    return {
        name: each for name, each in methods.items() if each.__doc__ and not name.startswith("_")
    }


def section(docstring, name):
    """A section of a docstring in Google's style, or ""."""
    found = re.search(rf"^{name}:\n((?:    .*\n?|\n)*)", docstring, re.MULTILINE)
    return found[1] if found else ""


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_a_docstring_names_the_arguments_and_what_is_returned(exercise):
    for function in functions_of(exercise.reference).values():
        text = inspect.getdoc(function)
        names = [name for name in inspect.signature(function).parameters if name != "self"]
        head = text.partition("\nArgs:")[0] + (inspect.getdoc(exercise.reference) or "")
        if "\nArgs:" not in text and all(re.search(rf"\b{name}\b", head) for name in names):
            continue  # a sentence or two say it all
        told = re.findall(r"^    ((?:\*?\w+(?:, )?)+)(?: \(.*\))?:", section(text, "Args"), re.M)
        assert [name for part in told for name in part.split(", ")] == names, text
        returns = inspect.signature(function).return_annotation
        if returns not in (None, "None", inspect.Parameter.empty):
            assert section(text, "Returns"), text
