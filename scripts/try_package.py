"""Go a learner's way with the installed package, on any system: open, check, progress, hand in.

Standard library and the package alone. Ends with status 0 if every step went as it should.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

CHAPTER = "03_scores"
EXERCISE = "linear_scores"
ANSWER = "def linear_scores(X, W, b):\n    return X @ W.T + b\n"
SECONDS = 240  # for JupyterLab to start
HIDDEN_HALF = re.compile("is for instructors and authors")


class Wrong(Exception):
    """A step that did not go as it should."""


def course(*words: object, status: int = 0) -> str:
    """What a command prints; raises `Wrong` if it ends with another status."""
    command = [sys.executable, "-m", "pix2net", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != status:
        told = f"{done.stdout}\n{done.stderr}"
        raise Wrong(f"`course {' '.join(map(str, words))}` ended with {done.returncode}: {told}")
    return done.stdout + done.stderr


def lab_answers(folder: Path) -> list[str]:
    """Start JupyterLab on a folder; the names that it lists there."""
    output = folder.parent / "lab.txt"
    command = [sys.executable, "-m", "pix2net", "lab", str(folder), "--no-browser"]
    with output.open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline and server.poll() is None:
            said = output.read_text(encoding="utf-8", errors="replace")
            found = re.search(r"(http://127\.0\.0\.1:\d+)\S*\?token=(\w+)", said)
            if found:
                return _listed(*found.groups())
            time.sleep(0.5)
        raise Wrong(f"JupyterLab did not start: {output.read_text(errors='replace')}")
    finally:
        _end(server)


def _listed(address: str, token: str) -> list[str]:
    """The names in a server's folder, once it answers."""
    request = urllib.request.Request(
        f"{address}/api/contents", headers={"Authorization": f"token {token}"}
    )
    for _ in range(60):
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return [entry["name"] for entry in json.load(answer)["content"]]
        except urllib.error.URLError:
            time.sleep(0.5)
    raise Wrong(f"{address} does not answer")


def _end(server: subprocess.Popen[bytes]) -> None:
    """End the launcher and the server that it started."""
    if os.name == "nt":  # where a process that is ended leaves its children
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(server.pid)], check=False)
    else:
        server.terminate()
    server.wait(60)


def work(notebook: Path) -> None:
    """Fill in one exercise, and run the notebook from top to bottom."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    (cell,) = (
        cell
        for cell in content["cells"]
        if cell["metadata"].get("course") == {"role": "answer", "task": EXERCISE}
    )
    cell["source"] = ANSWER
    notebook.write_text(json.dumps(content), encoding="utf-8")
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace"]
    command += ["--allow-errors", str(notebook)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise Wrong(f"{notebook.name} does not run: {done.stderr}")


def go(folder: Path) -> None:
    """The whole way, in an empty folder."""
    print("course", course("--version").strip())
    print(course("doctor"))
    listed = lab_answers(folder)
    if f"{CHAPTER}.ipynb" not in listed or "keys" in listed:
        raise Wrong(f"the learner's folder lists {listed}")
    work(folder / f"{CHAPTER}.ipynb")
    progress = next(line for line in course("progress", folder).splitlines() if CHAPTER in line)
    if "1 of" not in progress:
        raise Wrong(f"progress says {progress!r} after one exercise")
    print(progress)
    out = folder.parent / "out"
    handed = course(
        *("submit", folder / f"{CHAPTER}.ipynb", "--student", "ada", "--yes", "-o", out), status=1
    )
    if not (out / f"ada+{CHAPTER}.zip").is_file():
        raise Wrong(f"no archive was made: {handed}")
    if not HIDDEN_HALF.search(course("release", status=2)):
        raise Wrong("an instructor's command does not say that it is one")


def main() -> int:
    """Go the way in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        try:
            go(Path(scratch) / "my notebooks")
        except Wrong as problem:
            print(f"try_package: {problem}", file=sys.stderr)
            return 1
    print("A learner can work.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
