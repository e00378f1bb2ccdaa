"""Collecting hand-ins: whose they are, when they came, and what hostile ones cannot do."""

import gzip
import io
import os
import stat
import tarfile
import zipfile
from datetime import UTC, datetime

import pytest
from nbgrader.coursedir import CourseDirectory

from grader.handed_in.archives import ArchiveRefused, Bounds, notebooks_in
from grader.handed_in.collect import collect
from grader.release.course_dir import ClassFolderError, create_class

BOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    """A class folder in which two assignments were built."""
    folder = create_class(tmp_path / "class")
    for name in ("01_toy", "02_more"):
        folder.source(name).mkdir()
        (folder.source(name) / f"{name}.ipynb").write_bytes(BOOK)
    return folder


@pytest.fixture
def inbox(tmp_path):
    path = tmp_path / "inbox"
    path.mkdir()
    return path


def put_zip(path, members, when=NOON):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    os.utime(path, (when.timestamp(), when.timestamp()))
    return path


def put_tar(path, members, mode="w:gz"):
    with tarfile.open(path, mode) as archive:
        for info, content in members:
            if isinstance(info, str):
                info = tarfile.TarInfo(info)
            info.size = len(content) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(content) if info.isreg() else None)
    return path


def tree(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def statuses(result):
    return [(c.student, c.assignment, c.status) for c in result.collected]


@pytest.mark.parametrize("name", ["ada+01_toy.zip", "ada+01_toy+2026-01-01.zip", "ada.zip"])
def test_an_archive_s_name_says_whose_it_is(folder, inbox, name):
    result = collect(folder, [put_zip(inbox / name, [("work/01_toy.ipynb", BOOK)])])
    assert statuses(result) == [("ada", "01_toy", "new")]
    assert tree(folder.root / "submitted") == [
        "ada/01_toy/01_toy.ipynb",
        "ada/01_toy/timestamp.txt",
    ]


@pytest.mark.parametrize(
    ("name", "mode"), [("ada.tar", "w"), ("ada.tar.gz", "w:gz"), ("ada.tgz", "w:gz")]
)
def test_tar_archives_are_read_too(folder, inbox, name, mode):
    path = put_tar(inbox / name, [("02_more.ipynb", BOOK), ("01_toy.ipynb", BOOK)], mode)
    result = collect(folder, [path])
    assert statuses(result) == [("ada", "01_toy", "new"), ("ada", "02_more", "new")]


def test_nbgrader_reads_the_time_that_the_archive_came(folder, inbox):
    collect(folder, [put_zip(inbox / "ada.zip", [("01_toy.ipynb", BOOK)])])
    course = CourseDirectory(root=str(folder.root))
    assert course.get_existing_timestamp(str(folder.submitted("ada", "01_toy"))) == NOON.replace(
        tzinfo=None
    )


def test_the_instructor_can_state_the_time(folder, inbox):
    path = put_zip(inbox / "ada.zip", [("01_toy.ipynb", BOOK)])
    stated = datetime(2026, 2, 3, tzinfo=UTC)
    assert collect(folder, [path], received=stated).collected[0].received == stated


def test_a_file_that_was_handed_in_says_neither_who_nor_when(folder, inbox):
    members = [
        ("01_toy.ipynb", BOOK),
        ("timestamp.txt", "2020-01-01 00:00:00 UTC"),
        ("bob/01_toy/timestamp.txt", "2020-01-01 00:00:00 UTC"),
    ]
    result = collect(folder, [put_zip(inbox / "ada.zip", members)])
    assert [(c.student, c.received) for c in result.collected] == [("ada", NOON)]
    assert (
        (folder.submitted("ada", "01_toy") / "timestamp.txt")
        .read_text()
        .startswith("2026-03-01 12:00")
    )
    assert not (folder.root / "submitted" / "bob").exists()


def test_a_student_cannot_hand_in_for_another_with_a_folder_inside(folder, inbox):
    path = put_zip(inbox / "mallory.zip", [("ada/01_toy/01_toy.ipynb", BOOK)])
    assert statuses(collect(folder, [path])) == [("mallory", "01_toy", "new")]


def test_a_folder_holds_archives_notebooks_and_students_folders(folder, inbox):
    put_zip(inbox / "ada+01_toy.zip", [("01_toy.ipynb", BOOK)])
    (inbox / "bob+02_more.ipynb").write_bytes(BOOK)
    (inbox / "cid" / "01_toy").mkdir(parents=True)
    (inbox / "cid" / "01_toy" / "01_toy.ipynb").write_bytes(BOOK)
    put_zip(inbox / "Dee Ott_123_assignsubmission_file" / "homework.zip", [("01_toy.ipynb", BOOK)])
    (inbox / "grades.csv").write_text("not handed in")
    result = collect(folder, [inbox])
    assert result.refused == ()
    assert sorted(statuses(result)) == [
        ("Dee Ott", "01_toy", "new"),
        ("ada", "01_toy", "new"),
        ("bob", "02_more", "new"),
        ("cid", "01_toy", "new"),
    ]


def test_only_the_assignments_asked_for_are_collected(folder, inbox):
    path = put_zip(inbox / "ada.zip", [("01_toy.ipynb", BOOK), ("02_more.ipynb", BOOK)])
    assert statuses(collect(folder, [path], assignments=["02_more"])) == [("ada", "02_more", "new")]


def test_a_notebook_that_a_browser_renamed_counts_where_the_name_outside_says_what_it_is(
    folder, inbox
):
    path = put_zip(inbox / "ada+01_toy.zip", [("01_toy (1).ipynb", BOOK)])
    assert statuses(collect(folder, [path])) == [("ada", "01_toy", "new")]


def test_the_latest_hand_in_counts_and_the_same_one_is_left_alone(folder, inbox):
    late = put_zip(
        inbox / "ada+01_toy+2.zip", [("01_toy.ipynb", BOOK + b" ")], NOON.replace(hour=15)
    )
    early = put_zip(inbox / "ada+01_toy+1.zip", [("01_toy.ipynb", BOOK)])
    assert [c.status for c in collect(folder, [late, early]).collected] == ["new", "updated"]
    notebook = folder.submitted("ada", "01_toy") / "01_toy.ipynb"
    assert notebook.read_bytes() == BOOK + b" "
    assert [c.status for c in collect(folder, [early]).collected] == ["older"]
    assert [c.status for c in collect(folder, [late]).collected] == ["unchanged"]
    assert notebook.read_bytes() == BOOK + b" "


def link(name, target, kind=tarfile.SYMTYPE):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def zip_link(path):
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("01_toy.ipynb")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return path


def zip_with_lying_size(path):
    put_zip(path, [("01_toy.ipynb", b"0" * 3_000_000)])
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(content)
    return path


def pax(path, header, kind=tarfile.XHDTYPE):
    """A tar archive with an extended header of its own before the notebook."""
    info = tarfile.TarInfo("x")
    info.type, info.size = kind, len(header)
    book = tarfile.TarInfo("01_toy.ipynb")
    book.size = len(BOOK)
    parts = []
    for head, content in ((info, header), (book, BOOK)):
        parts += [head.tobuf(tarfile.USTAR_FORMAT), content, bytes(-len(content) % 512)]
    parts.append(bytes(1024))
    path.write_bytes(gzip.compress(b"".join(parts)))
    return path


def zip_of_many(path):
    """A zip archive that is nothing but a list of members."""
    entry = b"PK\1\2" + bytes(24) + (1).to_bytes(2, "little") + bytes(16) + b"x"
    entries = entry * 30_000
    end = b"PK\5\6" + bytes(8) + len(entries).to_bytes(4, "little") + bytes(6)
    path.write_bytes(entries + end)


HOSTILE = {
    "list.zip": zip_of_many,
    "large.zip": lambda p: p.write_bytes(
        put_zip(p, []).read_bytes()[:-22] + b"PK\6\7" + bytes(16) + b"PK\5\6" + bytes(18)
    ),
    "digits.tgz": lambda p: pax(p, b"1" * 900_000),
    "digits_for_all.tgz": lambda p: pax(p, b"1" * 900_000, tarfile.XGLTYPE),
    "long_name.tgz": lambda p: pax(p, b"a" * 900_000, tarfile.GNUTYPE_LONGNAME),
    "long_link.tgz": lambda p: pax(p, b"a" * 900_000, tarfile.GNUTYPE_LONGLINK),
    "climbs_by_header.tgz": lambda p: pax(p, b"31 path=../../../01_toy.ipynb\n\n"),
    "fifo.tgz": lambda p: put_tar(p, [(link("01_toy.ipynb", "", tarfile.FIFOTYPE), b"")]),
    "climbs.zip": lambda p: put_zip(p, [("../../01_toy.ipynb", BOOK)]),
    "windows.zip": lambda p: put_zip(p, [("..\\..\\01_toy.ipynb", BOOK)]),
    "absolute.zip": lambda p: put_zip(p, [("/tmp/01_toy.ipynb", BOOK)]),
    "drive.zip": lambda p: put_zip(p, [("C:/01_toy.ipynb", BOOK)]),
    "link.zip": zip_link,
    "twice.zip": lambda p: put_zip(p, [("a/01_toy.ipynb", BOOK), ("b/01_toy.ipynb", BOOK)]),
    "bomb.zip": lambda p: put_zip(p, [("01_toy.ipynb", b"0" * 5_000_000)]),
    "heap.zip": lambda p: put_zip(p, [(f"{i}.ipynb", b"0" * 900_000) for i in range(8)]),
    "many.zip": lambda p: put_zip(p, [(f"{i}.txt", b"") for i in range(60)]),
    "lies.zip": zip_with_lying_size,
    "broken.zip": lambda p: p.write_bytes(b"PK\x03\x04 no archive"),
    "empty.zip": lambda p: put_zip(p, []),
    "text.tar": lambda p: p.write_bytes(b"hello"),
    "climbs.tar": lambda p: put_tar(p, [("../01_toy.ipynb", BOOK)], "w"),
    "link.tar": lambda p: put_tar(p, [(link("01_toy.ipynb", "/etc/passwd"), b"")], "w"),
    "hard.tgz": lambda p: put_tar(p, [(link("01_toy.ipynb", "x", tarfile.LNKTYPE), b"")]),
    "device.tgz": lambda p: put_tar(p, [(link("01_toy.ipynb", "", tarfile.CHRTYPE), b"")]),
    "folder.tgz": lambda p: put_tar(p, [(link("d", "/"), b""), ("d/01_toy.ipynb", BOOK)]),
    "bomb.tgz": lambda p: put_tar(p, [("x.bin", b"0" * 9_000_000), ("01_toy.ipynb", BOOK)]),
    "cut.tar.gz": lambda p: p.write_bytes(
        put_tar(p, [("01_toy.ipynb", os.urandom(50_000))]).read_bytes()[:20_000]
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_in_one_sentence_and_nothing_is_written(folder, inbox, name):
    HOSTILE[name](inbox / name)
    before = tree(folder.root)
    bounds = Bounds(total=4_000_000, notebook=1_000_000, members=50)
    result = collect(folder, [inbox], bounds=bounds)
    assert result.collected == ()
    (refused,) = result.refused
    assert refused.source.endswith(name)
    assert refused.reason
    assert "\n" not in refused.reason
    assert "Traceback" not in refused.reason
    assert tree(folder.root) == before


def test_a_refused_archive_does_not_stop_the_others(folder, inbox):
    HOSTILE["climbs.zip"](inbox / "aaa.zip")
    put_zip(inbox / "bob.zip", [("01_toy.ipynb", BOOK)])
    result = collect(folder, [inbox])
    assert statuses(result) == [("bob", "01_toy", "new")]
    assert len(result.refused) == 1


def test_a_stream_is_not_unpacked_further_than_its_bound(tmp_path):
    path = put_tar(tmp_path / "a.tgz", [("x.bin", b"0" * 50_000_000), ("01_toy.ipynb", BOOK)])
    assert path.stat().st_size < 100_000
    with pytest.raises(ArchiveRefused, match="unpacks to more than 1 MiB"):
        notebooks_in(path, Bounds(total=2**20))


def test_encrypted_archives_are_refused(tmp_path):
    path = put_zip(tmp_path / "a.zip", [("01_toy.ipynb", BOOK)])
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)
    with pytest.raises(ArchiveRefused, match="encrypted"):
        notebooks_in(path)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("..+01_toy.zip", "says no student"),
        ("-rf+01_toy.zip", "says no student"),
        ("01_toy.zip", "says no student"),
        ("a\nb+01_toy.zip", "says no student"),
        ("ada+03_none.zip", "there is no assignment '03_none'; there are 01_toy, 02_more"),
    ],
)
def test_a_name_that_says_nobody_is_refused(folder, inbox, name, reason):
    result = collect(folder, [put_zip(inbox / name, [("01_toy.ipynb", BOOK)])])
    assert result.collected == ()
    assert reason in result.refused[0].reason


def test_links_in_a_folder_are_not_followed(folder, inbox, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(BOOK)
    (inbox / "ada").mkdir()
    (inbox / "ada" / "01_toy.ipynb").symlink_to(secret)
    (inbox / "bob").symlink_to(tmp_path)
    (inbox / "cid+01_toy.ipynb").symlink_to(secret)
    (inbox / "dee").mkdir()
    (inbox / "dee" / "01_toy").symlink_to(inbox / "ada")
    os.mkfifo(inbox / "eve+01_toy.ipynb")
    result = collect(folder, [inbox])
    assert result.collected == ()
    assert len(result.refused) == 5


def test_there_must_be_something_to_collect_from(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("grader.release.course_dir.STOCK_EXCHANGE", tmp_path / "none")
    with pytest.raises(ClassFolderError, match="no exchange is set up"):
        collect(folder)
    with pytest.raises(ClassFolderError, match="there is no assignment 09_x"):
        collect(folder, [tmp_path], assignments=["09_x"])
    with pytest.raises(ClassFolderError, match="run `course release` first"):
        collect(create_class(tmp_path / "empty"), [tmp_path])
    assert "no such file" in collect(folder, [tmp_path / "nothing"]).refused[0].reason
