"""`course lab`: a real JupyterLab on loopback, asked what a learner's browser would ask."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from pix2net.lab import launch
from pix2net.lab.launch import COMMON_CONFIG, CONFIG, EXCHANGE_CONFIG, LabError
from tests.setup.served import Server, serving

pytestmark = pytest.mark.some_chapters

NOTEBOOK = "03_scores.ipynb"


def write_notebook(folder: Path) -> None:
    """A notebook as the course weaves it: one cell for the learner, one that checks it."""
    v4 = nbformat.v4
    graded = {"schema_version": 3, "grade_id": "check", "grade": True, "solution": False}
    graded |= {"locked": True, "task": False, "points": 1, "cell_type": "code"}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [
        v4.new_markdown_cell("# Scores"),
        v4.new_code_cell("assert False, 'not yet'", metadata={"nbgrader": graded}),
    ]
    folder.mkdir()
    nbformat.write(v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / NOTEBOOK)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab as `course lab` starts it, for a user who has no settings and no exchange."""
    home = tmp_path_factory.mktemp("home")
    write_notebook(home / "notebooks")
    code = (
        "import sys; from pathlib import Path; from pix2net.lab.launch import lab;"
        "lab(Path(sys.argv[1]), notebooks=Path(sys.argv[2]), browser=False)"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER")}
    environment |= {"HOME": str(home), "MPLBACKEND": "agg"}
    command = [sys.executable, "-c", code, str(home / "work"), str(home / "notebooks")]
    with serving(command, environment, home) as server:
        yield server


@pytest.mark.slow
def test_the_server_answers_and_opens_the_first_notebook(server: Server) -> None:
    assert server.json("/api/status")["kernels"] >= 0
    assert server.opened == f"/lab/workspaces/{launch.WORKSPACE}/tree/{NOTEBOOK}"
    names = [entry["name"] for entry in server.json("/api/contents")["content"]]
    assert names == [NOTEBOOK]


@pytest.mark.slow
def test_a_stranger_without_the_token_is_refused(server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError, match="403"):
        Server(server.address, "wrong", "").request("/api/contents")


@pytest.mark.slow
def test_learners_get_validate_and_the_assignment_list_and_no_instructors_tools(
    server: Server,
) -> None:
    disabled = server.page_config()["disabledExtensions"]
    for tool in ("formgrader", "create-assignment", "course-list"):
        assert f"@jupyter/nbgrader:{tool}" in disabled
    for tool in ("validate-assignment", "assignment-list", "menu"):
        assert f"@jupyter/nbgrader:{tool}" not in disabled
    federated = {entry["name"] for entry in server.page_config()["federated_extensions"]}
    assert "@jupyter/nbgrader" in federated
    with pytest.raises(urllib.error.HTTPError, match="404"):
        server.request("/formgrader")


@pytest.mark.slow
def test_the_assignment_list_is_empty_and_not_an_error_where_nobody_set_up_an_exchange(
    server: Server,
) -> None:
    assert server.json("/assignments?course_id=course101") == {"success": True, "value": []}
    assert server.json("/courses") == {"success": True, "value": []}


@pytest.mark.slow
def test_validate_runs_the_notebook_and_names_the_failing_check(server: Server) -> None:
    answer = server.json(f"/assignments/validate?path={NOTEBOOK}", body={})
    assert answer["success"] is True, answer
    (failed,) = answer["value"]["failed"]
    assert "not yet" in failed["error"]


@pytest.mark.slow
def test_no_news_no_updates_no_extension_downloads(server: Server) -> None:
    config = server.page_config()
    assert config["news"] == {"disabled": True}
    assert config["extensionManager"]["can_install"] is False
    assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"]


@pytest.mark.slow
def test_the_kernel_is_the_courses_and_finds_its_packages(server: Server) -> None:
    assert list(server.json("/api/kernelspecs")["kernelspecs"]) == ["python3"]
    printed = server.run_cell(
        "import sys, matplotlib, pix2net\nprint(sys.prefix, matplotlib.get_backend())", NOTEBOOK
    )
    prefix, backend = printed.split()
    assert prefix == sys.prefix
    assert "inline" in backend


def test_an_exchange_that_the_machine_has_set_up_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "etc"
    theirs.mkdir()
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(theirs))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    without = launch.environment(os.environ)["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert without == [str(CONFIG), str(COMMON_CONFIG), str(EXCHANGE_CONFIG), str(theirs)]
    (theirs / "nbgrader_config.py").write_text("c = get_config()\nc.Exchange.root = '/srv/x'\n")
    with_one = launch.environment(os.environ)["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert with_one == [str(CONFIG), str(COMMON_CONFIG), str(theirs)]


def test_a_port_that_was_asked_for_is_the_port_or_an_error(tmp_path: Path) -> None:
    command = launch.prepare(tmp_path, port=9123, browser=False).command
    assert {"--port=9123", "--ServerApp.port_retries=0", "--no-browser"} <= set(command)
    assert "--no-browser" not in launch.prepare(tmp_path).command


def test_ctrl_c_while_jupyterlab_starts_ends_it_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "jupyterlab").mkdir()
    (tmp_path / "jupyterlab" / "__init__.py").touch()
    (tmp_path / "jupyterlab" / "labapp.py").write_text("raise KeyboardInterrupt")
    command = launch.prepare(tmp_path, browser=False).command
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_file_in_place_of_the_work_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "lab.log").touch()
    with pytest.raises(LabError, match=r"lab\.log is a file: name the folder"):
        launch.lab(tmp_path / "lab.log")


def test_without_notebooks_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="no notebooks in .*: install the course anew"):
        launch.lab(tmp_path / "work", notebooks=tmp_path / "empty")


def test_without_jupyterlab_there_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(
        LabError, match="jupyterlab is not installed here: .* -m pip install jupyterlab"
    ):
        launch.lab(tmp_path / "work", notebooks=tmp_path)
