"""One source of dependencies: pyproject.toml, and everything else in step with it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT, GROUPS = SETTINGS["project"], SETTINGS["dependency-groups"]
LOCK = (ROOT / "requirements.lock").read_text()
OURS = {"grader", "pix2net", "solutions", "data", "benchmarks", "tests", "website"}
CUSTOMERS_CHOICE = {"jupyterlab", "numpy", "matplotlib", "nbgrader", "pytest"}


def declared(*extras: str) -> dict[str, Requirement]:
    """Requirements by canonical name, of the core (named ""), of extras and of groups."""
    groups = {"": PROJECT["dependencies"], **PROJECT["optional-dependencies"], **GROUPS}
    found = [Requirement(line) for extra in extras for line in groups[extra]]
    return {canonicalize_name(r.name): r for r in found if r.name != PROJECT["name"]}


def everything() -> dict[str, Requirement]:
    return declared("", *PROJECT["optional-dependencies"])


def locked_versions() -> dict[str, str]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^ \\;]+)", LOCK, flags=re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


def conda() -> tuple[dict[str, Requirement], list[str]]:
    """The conda packages of environment.yml by name, and its lines for pip."""
    lines = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    packages = [Requirement(line) for line in lines if isinstance(line, str)]
    (pip,) = [line["pip"] for line in lines if isinstance(line, dict)]
    return {canonicalize_name(r.name): r for r in packages}, pip


def imported_packages(folder: Path) -> Iterator[tuple[str, Path]]:
    """Top-level names that the Python files of a folder import, each with its file."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from ((alias.name.split(".")[0], path) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                yield node.module.split(".")[0], path


def test_the_customers_choices_are_declared() -> None:
    assert everything().keys() >= CUSTOMERS_CHOICE


def test_every_declared_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    section = text[text.index("\ndependencies = [") : text.index("[project.scripts]")]
    lines = section.splitlines()
    unexplained = [
        line.strip()
        for before, line in pairwise(lines)
        if re.match(r'\s+"(?!pixels-to-networks)', line)
        and not re.search(r"#.*\w", line.rpartition('"')[2])
        and not before.strip().startswith("#")
    ]
    assert unexplained == []


def test_the_lock_file_pins_what_is_declared_within_its_bounds() -> None:
    pins = locked_versions()
    missing = [name for name in everything() if name not in pins]
    assert missing == []
    outside = [str(r) for name, r in everything().items() if not r.specifier.contains(pins[name])]
    assert outside == []


def test_every_pin_has_a_hash_and_no_pin_names_a_place() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    pins = [entry for entry in entries if not entry.startswith("#")]
    assert len(pins) > 50
    assert [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert "://" not in LOCK
    assert not re.search(r"^\s*-(-index|-extra-index|-find-links|i|f)", LOCK, flags=re.MULTILINE)


def test_environment_yml_asks_for_the_same_versions() -> None:
    packages, _ = conda()
    python = packages.pop("python")
    assert str(python.specifier) == PROJECT["requires-python"]
    packages.pop("pip")
    assert {n: str(r.specifier) for n, r in packages.items()} == {
        n: str(everything()[n].specifier) for n in packages if n in everything()
    }


def test_environment_yml_has_what_a_student_needs_from_conda_and_the_rest_from_us() -> None:
    packages, pip = conda()
    assert packages.keys() >= declared("").keys() | CUSTOMERS_CHOICE
    (line,) = pip
    extras = re.fullmatch(r"--editable \.\[([a-z,]+)\]", line)
    assert extras is not None, line
    names = set(extras[1].split(","))
    assert names <= PROJECT["optional-dependencies"].keys()
    assert "dev" in names


@pytest.mark.parametrize(
    ("folder", "extras"),
    [
        ("pix2net", [""]),
        ("data", ["", "instructor", "dev"]),
        ("solutions", ["", "instructor"]),
        ("grader", ["", "instructor", "cluster", "lms", "hub"]),
        ("website", ["", "instructor", "site"]),
        ("tests", [*PROJECT["optional-dependencies"], ""]),
    ],
)
def test_every_import_is_declared(folder: str, extras: list[str]) -> None:
    providers = packages_distributions()
    allowed = declared(*extras).keys()
    undeclared = {
        f"{name} in {path.relative_to(ROOT)}"
        for name, path in imported_packages(ROOT / folder)
        if name not in OURS | sys.stdlib_module_names
        and not path.with_name(f"{name}.py").exists()  # a script's own neighbour
        # What is not installed here, as the site's tools, is looked for by its own name.
        and not {canonicalize_name(d) for d in providers.get(name, [name])} & allowed
    }
    assert undeclared == set()
