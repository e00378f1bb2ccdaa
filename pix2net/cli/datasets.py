"""The command for data sets: list, fetch, verify."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.cells import set_cell_size

from pix2net.cli import console
from pix2net.cli.options import Json
from pix2net.data import SETTING, load, names
from pix2net.data.cifar10 import store
from pix2net.data.cifar10.archive import ArchiveError
from pix2net.data.dataset import Dataset
from pix2net.data.fetching import FetchError, Progress, md5_of
from pix2net.judging.wording import listed, template, translated, unknown, worded

FETCHED = ("cifar10", "cifar10_full")  # both are read from one archive


@console.sentences(FetchError, ArchiveError, ValueError, OSError)
def data(
    name: Annotated[str | None, typer.Argument(help="A data set; all are listed if none.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="An archive of CIFAR-10 that you have already.")
    ] = None,
    json: Json = False,
) -> None:
    """List the data sets; fetch and verify one."""
    if name is None and file is None:
        rows = [{"name": each, "state": _state(each)} for each in names()]
        if json:
            console.print_json(rows)
        else:
            columns = [worded("name"), worded("where it is")]
            console.table(worded("Data sets"), columns, [list(r.values()) for r in rows])
            console.say(
                worded(
                    "Notebooks take the one that {setting} names, picto10 if it names none.",
                    setting=SETTING,
                )
            )
        return
    chosen = name or FETCHED[0]
    if chosen not in names():
        console.fail(unknown(template("data set"), chosen, names()))
    if file is not None:
        _take(chosen, file)
    elif chosen in FETCHED and not store.archive_at_hand():
        with _transfer(quiet=json) as progress:
            store.get(progress=progress)
    facts = _verified(chosen, load(chosen))
    if json:
        console.print_json(facts)
    else:
        for key, value in facts.items():
            console.say(f"{set_cell_size(translated(key), 15)} {console.clean(value)}")


def _state(name: str) -> str:
    if name not in FETCHED:
        return worded("comes with the course")
    at_hand = store.archive_at_hand()
    return str(at_hand or worded("not here: `course data cifar10` fetches it (163 MiB)"))


def _take(name: str, file: Path) -> None:
    if name not in FETCHED:
        console.fail(
            worded(
                "{name} comes with the course: --file is for {others}",
                name=name,
                others=listed(FETCHED),
            )
        )
    if not file.is_file():
        console.fail(worded("{path} is no file", path=file))
    store.adopt(file)


def _verified(name: str, dataset: Dataset) -> dict[str, str | int]:
    """What a set holds, once it is loaded, and whether its archive is the published one."""
    facts: dict[str, str | int] = {
        template("name"): name,
        template("training images"): len(dataset.X_train),
        template("test images"): len(dataset.X_test),
        template("shape"): " x ".join(map(str, dataset.X_train.shape[1:])),
        template("classes"): ", ".join(dataset.class_names),
    }
    at_hand = store.archive_at_hand() if name in FETCHED else None
    if at_hand:
        same = md5_of(at_hand) in store.PUBLISHED
        facts[template("archive")] = str(at_hand)
        facts[template("checksum")] = (
            worded("the published one") if same else worded("another archive of the same form")
        )
    return facts


@contextmanager
def _transfer(*, quiet: bool) -> Iterator[Progress | None]:
    """A bar of bytes, rate and estimate on stderr."""
    from rich.progress import BarColumn, DownloadColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    if quiet:
        yield None
        return
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console.stderr) as bar:
        task = bar.add_task(worded("fetching"), total=None)
        yield lambda there, total: bar.update(task, completed=there, total=total)
