"""What crosses between the machine that holds the class and those that grade: bytes alone."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.classroom.pool import Plan
from grader.grading import how
from grader.grading.released import Released, read_released
from grader.grading.submission import Graded, Opened
from grader.grading.verdict import from_json
from grader.handed_in.submitted import Handed
from grader.weave import layout
from pix2net.judging.answer_key import pack

PLAN, KEYS, RELEASE, SUPPORT = "plan.json", "keys", "release", "support"


def pack_plan(plan: Plan) -> bytes:
    """A plan with all the files that it names, as an archive."""
    shared: list[Mapping[str, Path]] = []  # assignments mostly find the same files beside them
    places: dict[str, int] = {}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, released in plan.released.items():
            if released.support not in shared:
                for file, path in released.support.items():
                    archive.write(path, f"{SUPPORT}/{len(shared)}/{file}")
                shared.append(released.support)
            places[name] = shared.index(released.support)
            archive.writestr(f"{KEYS}/{name}{layout.KEY_SUFFIX}", pack(released.key))
            archive.writestr(f"{RELEASE}/{name}/{layout.notebook_name(name)}", released.text)
        told = {"how": plan.how.as_json(), "support": places}
        archive.writestr(PLAN, json.dumps(told))
    return packed.getvalue()


def unpack_plan(content: bytes, folder: Path) -> Plan:
    """The plan that was packed, its files laid into an empty folder of one's own."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    told = json.loads((folder / PLAN).read_text(encoding="utf-8"))
    released = {name: _released(folder, name, at) for name, at in told["support"].items()}
    return Plan(released, how.from_json(told["how"]))


def _released(folder: Path, name: str, support: int) -> Released:
    key = folder / KEYS / (name + layout.KEY_SUFFIX)
    (folder / SUPPORT / str(support)).mkdir(parents=True, exist_ok=True)
    return read_released(key, name, [folder / SUPPORT / str(support), folder / RELEASE / name])


def pack_job(opened: Opened) -> bytes:
    """A submission that was read."""
    told = {
        "student": opened.handed.student,
        "assignment": opened.handed.assignment,
        "language": opened.handed.language,
        "problem": opened.problem,
        "others": opened.others,
        "empty": opened.content is None,
    }
    return json.dumps(told).encode() + b"\n" + (opened.content or b"")


def unpack_job(job: bytes, plan: Plan) -> Opened:
    """The submission that was packed; its folder is on another machine."""
    head, _, content = job.partition(b"\n")
    told = json.loads(head)
    handed = Handed(told["student"], told["assignment"], Path("elsewhere"), told["language"])
    body = None if told["empty"] else content
    return Opened(handed, body, told["problem"], "", plan.how, told["others"])


def pack_result(graded: Graded) -> bytes:
    """What became of a submission."""
    told = {
        "verdict": graded.verdict.as_json(),
        "untouched": sorted(graded.untouched or ()),
        "notebook": graded.notebook,
        "answers": dict(graded.answers),
    }
    return json.dumps(told).encode()


def unpack_result(told: Mapping[str, Any], opened: Opened) -> Graded:
    """What became of a submission, from the JSON that was packed."""
    return Graded(
        opened.handed,
        from_json(told["verdict"]),
        opened.fingerprint,
        frozenset(told["untouched"]),
        told["notebook"],
        opened.how.figures,
        dict(told["answers"]),
    )
