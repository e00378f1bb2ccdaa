"""What a learner installs: the wheel has what is needed, nothing hidden, and runs alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from grader.release.package import build_wheel
from grader.weave import layout
from tests.setup.as_on_windows import MISSING
from tests.setup.served import serving

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "03_scores"
MOVED = (("files/notebooks/", "course/notebooks/"), ("files/data/", "data/"))
HIDES = Path(__file__).with_name("as_on_windows.py")
LONGEST_PATH = 260 - len(r"C:\Users\somebody\pixels-to-networks\.venv\Lib\site-packages" + "\\")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The bin folder of an environment with the wheel, and its packages from ours."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    (site,) = folder.glob("lib/python*/site-packages")
    ours = [entry for entry in sys.path if Path(entry).name == "site-packages"]
    (site / "ours.pth").write_text("\n".join(ours))  # without their .pth files: not our clone
    command = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    command += ["install", "--quiet", "--no-index", "--no-deps", "--force-reinstall", str(wheel)]
    subprocess.run(command, check=True)
    return folder / "bin"


@pytest.fixture
def as_on_windows(installed: Path) -> Iterator[None]:
    """Meanwhile the installed kit, in whatever process, sees no module that only Unix has."""
    (site,) = installed.parent.glob("lib/python*/site-packages")
    shutil.copy(HIDES, site)
    line = site / "as_on_windows.pth"
    line.write_text("import as_on_windows; as_on_windows.install()\n")
    yield
    line.unlink()


@pytest.fixture
def alone(installed: Path, tmp_path: Path) -> dict[str, str]:
    """The environment variables of a learner who has nothing but the package."""
    shared = Path(sys.prefix)
    return {
        "PATH": f"{installed}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "HOME": str(tmp_path),
        # Where our packages, which the environment borrows, keep their settings and pages.
        "JUPYTERLAB_DIR": str(shared / "share" / "jupyter" / "lab"),
        "JUPYTER_PATH": str(shared / "share" / "jupyter"),
        "JUPYTER_CONFIG_PATH": str(shared / "etc" / "jupyter"),
        "OMP_NUM_THREADS": "1",
        "PYTHONIOENCODING": "ascii",  # of a terminal that cannot show our signs
    }


def course(*words: object, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = ["course", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=env, cwd=env["HOME"])


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as file:
        return file.namelist()


def modules_of(wheel: Path) -> dict[str, str]:
    with zipfile.ZipFile(wheel) as file:
        return {n: file.read(n).decode("utf-8") for n in file.namelist() if n.endswith(".py")}


def test_the_wheel_has_every_notebook_key_still_and_data_set(wheel: Path) -> None:
    there = set(names(wheel))
    committed = layout.COMMITTED
    wanted = [*committed.glob("*.ipynb"), *committed.glob("keys/*"), *committed.glob("stills/*")]
    wanted += [*committed.glob("zh/*.ipynb"), *committed.glob("zh/stills/*")]
    assert len(wanted) > 90
    assert {
        f"pix2net/files/notebooks/{p.relative_to(committed).as_posix()}" for p in wanted
    } <= there
    for name in ("picto10/train/artwork.png", "picto10/ARTWORK.md", "fashion_mnist/LICENSE"):
        assert f"pix2net/files/data/{name}" in there


def test_the_wheel_has_one_import_name_and_nothing_of_the_hidden_half(wheel: Path) -> None:
    """Every file is one of the kit, of the committed notebooks, or of the data sets."""
    for name in names(wheel):
        top, _, rest = name.partition("/")
        if top.endswith(".dist-info"):
            continue
        assert top == "pix2net"
        source = "pix2net/" + rest
        for inside, outside in MOVED:
            if rest.startswith(inside):
                source = outside + rest.removeprefix(inside)
        with zipfile.ZipFile(wheel) as file:
            assert file.read(name) == (ROOT / source).read_bytes(), name


def test_the_names_in_the_wheel_can_stand_on_windows(wheel: Path) -> None:
    there = names(wheel)
    assert len({name.lower() for name in there}) == len(there)
    assert [name for name in there if PureWindowsPath(name).is_reserved()] == []
    assert [name for name in there if set(name) & set('<>:"|?*\\')] == []
    assert max(map(len, there)) < LONGEST_PATH


def test_no_module_of_the_wheel_needs_what_unix_alone_has(wheel: Path) -> None:
    """The type checker, which reads the kit as on Windows, knows functions and not modules."""
    imports = re.compile(rf"^\s*(?:import|from) ({'|'.join(MISSING)})\b", re.MULTILINE)
    modules = modules_of(wheel)
    assert len(modules) > 50
    found = {n: imports.findall(t) + re.findall(r"\bos\.(?:exec|fork|spawn)\w*", t)
             for n, t in modules.items()}  # fmt: skip
    assert {name: uses for name, uses in found.items() if uses} == {}


def test_what_plays_windows_hides_modules_and_names_from_the_kit_alone(
    alone: dict[str, str], installed: Path, as_on_windows: None
) -> None:
    code = """
for kit in "pix2net.cli", "elsewhere":
    for line in "import fcntl", "from resource import getrlimit", "import os; os.fork", \\
                "import os; os.execv", "from signal import SIGALRM", \\
                "import sys; assert sys.platform != 'win32'", "import os; assert os.name != 'nt'":
        try:
            exec(line, {"__name__": kit})
        except (ImportError, AttributeError, AssertionError) as problem:
            print(kit, type(problem).__name__)
"""
    done = subprocess.run(
        [installed / "python", "-c", code], capture_output=True, text=True, env=alone
    )
    refused = ["ModuleNotFoundError"] * 2 + ["AttributeError"] * 2 + ["ImportError"]
    assert done.stdout.split("\n")[:-1] == [
        f"pix2net.cli {kind}" for kind in [*refused, "AssertionError", "AssertionError"]
    ], done.stderr


@pytest.mark.slow
def test_a_learner_with_the_wheel_alone_opens_checks_and_hands_in(
    alone: dict[str, str], installed: Path, as_on_windows: None
) -> None:
    """As on the systems that are tried elsewhere, by the same script."""
    command = [installed / "python", ROOT / "scripts" / "try_package.py"]
    done = subprocess.run(command, capture_output=True, text=True, env=alone, cwd=alone["HOME"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "A learner can work." in done.stdout


@pytest.mark.slow
def test_where_no_folder_is_named_it_is_one_in_the_home_folder(alone: dict[str, str]) -> None:
    home = Path(alone["HOME"])
    with serving(["course", "lab", "--no-browser"], alone, home) as server:
        work = home / "pixels-to-networks"
        assert f"Copied {len(list(work.glob('*.ipynb')))} files to {work}" in server.said()
        found = server.run_cell("import shutil; print(shutil.which('course'))", f"{CHAPTER}.ipynb")
        # A terminal in the lab finds the course's own program.
        assert found.strip() == str(Path(alone["PATH"].split(os.pathsep)[0]) / "course")


def test_a_learner_is_told_what_is_an_instructors(alone: dict[str, str]) -> None:
    told = course("release", CHAPTER, env=alone)
    assert told.returncode == 2
    assert told.stderr.startswith("course: this command is for instructors and authors")
    assert told.stderr.count("\n") == 1


def test_the_doctor_of_a_learner_asks_for_no_sandbox(alone: dict[str, str]) -> None:
    told = course("doctor", env=alone)
    assert told.returncode == 0, told.stdout
    assert "Ready to learn." in told.stdout
    assert "sandbox" not in told.stdout


def test_a_notebook_without_its_key_beside_it_finds_it_in_the_package(
    alone: dict[str, str], installed: Path, tmp_path: Path
) -> None:
    code = "from pix2net import check\ndef linear_scores(X, W, b): ...\ncheck('linear_scores')"
    done = subprocess.run(
        [installed / "python", "-c", code], capture_output=True, text=True, env=alone, cwd=tmp_path
    )
    assert "CheckFailed" in done.stderr, done.stderr
