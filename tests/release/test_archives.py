"""Archives that students made: a result or a refusal in one sentence, whatever is in them."""

import bz2
import gzip
import io
import lzma
import os
import stat
import subprocess
import sys
import tarfile
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.handed_in.archives import SUFFIXES, Bounds, notebooks_in
from grader.handed_in.collect import collect
from grader.handed_in.members import ArchiveRefused
from pix2net.files import Rejected
from tests.release.hand_ins import BOOK, put_tar, put_zip, statuses, tree
from tests.release.hostile_archives import (
    HOSTILE,
    pax_record,
    tar_in,
    xz_with_a_large_dictionary,
    zip64,
    zip_that_grows,
)

pytestmark = pytest.mark.some_chapters

SMALL = Bounds(file=8_000_000, total=4_000_000, notebook=1_000_000, members=50)


@pytest.fixture
def folder(two_assignments):
    return two_assignments


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_in_one_sentence_and_nothing_is_written(folder, inbox, name):
    HOSTILE[name](inbox / name)
    before = tree(folder.root)
    result = collect(folder, [inbox], bounds=SMALL)
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


def test_a_zip_with_the_records_of_a_large_one_is_read(tmp_path):
    assert notebooks_in(zip64(tmp_path / "a.zip")) == {"01_toy.ipynb": BOOK}


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [(".tar.xz", lzma.compress), (".txz", lzma.compress), (".tar.bz2", bz2.compress)],
)
def test_other_ways_to_pack_a_tar_archive_are_read_too(tmp_path, suffix, pack):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(tar_in(pack))
    assert notebooks_in(path) == {"01_toy.ipynb": BOOK}
    path.write_bytes(tar_in(lambda plain: pack(plain[:700]) + pack(plain[700:])))
    assert notebooks_in(path) == {"01_toy.ipynb": BOOK}


MEASURED = """
import resource, sys
from pathlib import Path
from grader.handed_in.archives import notebooks_in
from pix2net.files import Rejected
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        notebooks_in(path)
    except Rejected:
        pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_no_small_archive_takes_much_memory(tmp_path):
    content = bytes(90_000_000)
    packed = {
        ".tbz2": bz2.compress(content),
        ".txz": lzma.compress(content, preset=0),
        ".tgz": gzip.compress(content, 1),
    }
    for suffix, content in packed.items():
        (tmp_path / f"a{suffix}").write_bytes(content)
    zip_that_grows(tmp_path / "b.zip", packed[".tbz2"], zipfile.ZIP_BZIP2)
    zip_that_grows(tmp_path / "c.zip", packed[".txz"], zipfile.ZIP_LZMA)
    zip_that_grows(tmp_path / "d.zip", packed[".tgz"][10:-8], zipfile.ZIP_DEFLATED)
    xz_with_a_large_dictionary(tmp_path / "e.txz")
    command = [sys.executable, "-c", MEASURED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 60  # MiB, where the limit of a notebook is 16


@pytest.mark.parametrize("kind", ["pipe", "socket", "folder", "link"])
def test_what_is_no_file_is_refused_and_not_waited_for(folder, inbox, kind):
    path = inbox / "ada+01_toy.zip"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        os.mknod(path, stat.S_IFSOCK | 0o600)
    elif kind == "link":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    result = collect(folder, [inbox])
    assert result.collected == ()
    assert [one.source for one in result.refused] == [str(path)]
    (again,) = collect(folder, [path]).refused
    assert again.source == str(path)


NAMES = st.sampled_from(
    ["01_toy.ipynb", "a/01_toy.ipynb", "", "/", ".", "..", "../x.ipynb", "/etc/x.ipynb", ".ipynb",
     "a\\b.ipynb", "C:x.ipynb", "__MACOSX/01_toy.ipynb", "x" * 300 + ".ipynb", "d/", "\u202e.ipynb",
     "Ada_1_assignsubmission_file_/x.ipynb", "é.ipynb", "a\nb.ipynb", "con.ipynb", "x.IPYNB"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)  # fmt: skip
CONTENTS = st.binary(max_size=60) | st.sampled_from([BOOK, bytes(2000), b"0" * 1_200_000])
EDITS = st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), max_size=6)


@st.composite
def zips(draw):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in draw(st.lists(st.tuples(NAMES, CONTENTS), max_size=4)):
            info = zipfile.ZipInfo("x")
            info.filename = name
            info.compress_type = draw(st.sampled_from([0, 8, 8, 12, 14]))
            info.external_attr = draw(st.sampled_from([0, 0o100644 << 16, 0o120777 << 16]))
            archive.writestr(info, content)
        archive.comment = draw(st.binary(max_size=30))
    return buffer.getvalue()


@st.composite
def tars(draw):
    parts = []
    for name, content in draw(st.lists(st.tuples(NAMES, CONTENTS), max_size=4)):
        info = tarfile.TarInfo(name)
        info.type = draw(st.sampled_from([*b"01234567xgLKSX", 0, 200])).to_bytes(1, "little")
        info.size = draw(st.sampled_from([len(content)] * 5 + [0, 1, 10**9, 8**11 - 1]))
        if info.type in (b"x", b"g"):
            key = draw(st.sampled_from(["path", "size", "GNU.sparse.major", "GNU.sparse.map", "x"]))
            content = pax_record(
                key, draw(st.sampled_from(["1", "-1", "../x.ipynb", "x", "9" * 30]))
            )
            info.size = len(content)
        head = info.tobuf(draw(st.sampled_from([tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT])),
                          errors="surrogateescape") if len(name) < 90 else bytes(512)  # fmt: skip
        parts += [head, content, bytes(-len(content) % 512)]
    plain = b"".join([*parts, bytes(1024)])
    pack = draw(st.sampled_from([bytes, gzip.compress, bz2.compress, lzma.compress]))
    return pack(plain)


def mutated(content, edits, cut):
    """The same bytes with some of them changed, and cut off."""
    changed = bytearray(content)
    for where, new in edits:
        at = int(where * len(changed))
        changed[at : at + len(new)] = new
    return bytes(changed[: int(cut * len(changed))])


@pytest.mark.filterwarnings("ignore:Duplicate name")
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    content=st.one_of(zips(), tars(), st.binary(max_size=400)),
    edits=EDITS,
    cut=st.just(1.0) | st.floats(0, 1),
    suffix=st.sampled_from(SUFFIXES),
)
def test_whatever_an_archive_holds_a_result_or_a_refusal_comes_out(
    tmp_path_factory, content, edits, cut, suffix
):
    path = tmp_path_factory.getbasetemp() / f"fuzzed{suffix}"
    path.write_bytes(mutated(content, edits, cut))
    try:
        found = notebooks_in(path, SMALL)
    except Rejected as refused:
        found, reason = {}, refused.reason
    else:
        reason = "taken"
    assert reason.strip() and reason.isprintable()  # noqa: PT018 - a line, with something in it
    assert all(name and "/" not in name and not name.startswith(".") for name in found)
    assert sum(map(len, found.values())) <= SMALL.total
    assert all(len(content) <= SMALL.notebook for content in found.values())


FILE_NAMES = st.binary(min_size=1, max_size=40).filter(
    lambda name: not set(name) & {0, 47} and name not in (b".", b"..")
) | st.sampled_from(
    [b"ada+01_toy.zip", b"bob.tar.xz", b"ada+01_toy.rar", b"eve+02_more.7z", b"x.zip.part", b"x",
     b".ada+01_toy.zip", b"a\nb+01_toy.zip", b"\xff.zip", b"\xe2\x80\xaeada+01_toy.zip", b".zip",
     "Müller, Jörg+01_toy.zip".encode(), b"Dee_12_assignsubmission_file_x.docx", b"con+01_toy.zip"]
)  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=st.dictionaries(FILE_NAMES, st.one_of(zips(), tars()), max_size=5), deep=st.booleans())
def test_every_file_of_a_folder_is_answered_for(folder, tmp_path_factory, files, deep):
    inbox = tmp_path_factory.mktemp("inbox")
    place = inbox / "Ada Lovelace_12_assignsubmission_file_" if deep else inbox
    place.mkdir(exist_ok=True)
    for name, content in files.items():
        with open(os.fsencode(place) + b"/" + name, "wb") as file:
            file.write(content)
    result = collect(folder, [inbox], bounds=SMALL)
    answered = {one.source for one in [*result.collected, *result.refused]}
    for name in files:
        path = str(place / os.fsdecode(name))
        assert path in answered or any(os.fsdecode(name) in note for note in result.notes), name
    assert all(one.reason for one in result.refused)
    there = {path.name for path in (folder.root / "submitted").glob("*")}
    assert there >= {one.student for one in result.collected}
