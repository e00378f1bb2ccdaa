"""The command with which anyone checks the receipt of a hand-in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pix2net.cli import console
from pix2net.cli.options import Json
from pix2net.files import Rejected, digest, read_bounded
from pix2net.handing_in.receipt import MAX_RECEIPT, PUBLIC_KEY, Receipt, ReceiptError, check
from pix2net.judging.wording import translated, worded


@console.sentences(ReceiptError)
def receipt(
    file: Annotated[list[Path], typer.Argument(help="Receipts, as they were received.")],
    key: Annotated[
        str | None,
        typer.Option(help="The class's public key, or its file; else the one of your class."),
    ] = None,
    notebook: Annotated[
        Path | None, typer.Option(help="Also say whether a receipt is of this very file.")
    ] = None,
    class_dir: Annotated[
        Path, typer.Option("--class-dir", help="For instructors: the class folder.")
    ] = Path("class"),
    json: Json = False,
) -> None:
    """Check the signature of a receipt, and say what was received and when."""
    if not any(path.is_file() for path in file):  # before it is asked who should have signed it
        console.fail(worded("{path} is no file", path=file[0]))
    public = _public_key(key, class_dir)
    own = None if notebook is None else digest(_content(notebook))
    rows = [(path, *_examined(path, public, own)) for path in file]
    if json:
        console.print_json(
            [
                {"file": str(p), "valid": not why, "reason": why, **(vars(r) if r else {})}
                for p, r, why in rows
            ]
        )
    else:
        for path, found, why in rows:
            console.say(console.clean(f"✗ {path}: {why}" if why else f"✓ {found}"))
    raise typer.Exit(console.WRONG if any(why for *_, why in rows) else console.DONE)


def _examined(path: Path, public: str, own: str | None) -> tuple[Receipt | None, str]:
    """The receipt of a file, and why it does not hold, or ""."""
    try:
        found = check(_content(path).decode("utf-8", "replace"), public)
    except ReceiptError as problem:
        return None, str(problem)
    if own is not None and own != found.sha256:
        return found, worded(
            "the receipt holds, and is of another notebook or another state of this one"
        )
    return found, ""


def _content(path: Path) -> bytes:
    limit = MAX_RECEIPT if path.suffix != ".ipynb" else None
    try:
        whole = path.resolve()
        return read_bounded(whole) if limit is None else read_bounded(whole, limit)
    except Rejected as problem:
        raise ReceiptError(f"{path}: {translated(problem.reason)}") from None


def _public_key(named: str | None, class_dir: Path) -> str:
    """The key that is asked for, in a file or as text, else the class's or the joined service's."""
    from pix2net.handing_in.service import joined

    if named is not None:
        return _content(Path(named)).decode("ascii", "replace") if Path(named).is_file() else named
    if (class_dir / PUBLIC_KEY).is_file():
        return _content(class_dir / PUBLIC_KEY).decode("ascii", "replace")
    where = joined()
    if where is not None and where.public_key:
        return where.public_key
    raise ReceiptError(
        worded(
            "whose signature should it be? Name your class's public key with --key: your "
            "instructor has it in {file}",
            file=PUBLIC_KEY,
        )
    )
