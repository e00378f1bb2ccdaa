"""Archives that students made: a result or a refusal in one sentence, whatever is in them."""

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.handed_in.archives import SUFFIXES, Bounds, notebooks_in
from grader.handed_in.collect import collect
from grader.handed_in.members import ArchiveRefused
from pix2net.files import Rejected
from tests.release.hand_ins import BOOK, put_tar, put_zip, statuses, tree

SMALL = Bounds(file=8_000_000, total=4_000_000, notebook=1_000_000, members=50)


@pytest.fixture
def folder(two_assignments):
    return two_assignments


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


def zip_with(path, members=(("01_toy.ipynb", BOOK),), *, method=zipfile.ZIP_DEFLATED, **patched):
    """A zip archive with fields of both its records of a member patched."""
    put_zip(path, members, method=method)
    content = bytearray(path.read_bytes())
    for mark, offsets in ((b"PK\3\4", 0), (b"PK\1\2", 1)):
        at = content.index(mark)
        for places in patched.values():
            struct.pack_into(places[2], content, at + places[offsets], places[3])
    path.write_bytes(content)
    return path


def flags(value):
    return (6, 8, "<H", value)


def method_of(value):
    return (8, 10, "<H", value)


def unpacked_size(value):
    return (22, 24, "<I", value)


def zip_without_a_name(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("01_toy.ipynb", BOOK)
        nobody = zipfile.ZipInfo("x")
        nobody.filename = nobody.orig_filename = ""
        archive.writestr(nobody, b"")


def zip_with_a_broken_stream(path, method):
    """The bytes of the packed notebook changed in their middle."""
    packed = {zipfile.ZIP_DEFLATED: zlib.compress(BOOK * 50)[2:-4]}.get(method, b"\xff" * 60)
    zip_with(path, [("01_toy.ipynb", packed)], method=zipfile.ZIP_STORED, m=method_of(method))
    content = bytearray(path.read_bytes())
    middle = content.index(packed) + len(packed) // 2
    content[middle : middle + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(content)


def zip_that_grows(path, packed, method):
    """A kilobyte that unpacks to much, by a method that unpacks all that is read at once."""
    zip_with(
        path, [("01_toy.ipynb", packed)], method=zipfile.ZIP_STORED,
        m=method_of(method), size=unpacked_size(900_000),
    )  # fmt: skip


def zip64(path, entries=1, size=None):
    """An archive with the records of large ones, which may lie about the list of members."""
    put_zip(path, [("01_toy.ipynb", BOOK)])
    content = path.read_bytes()
    end = content.rindex(b"PK\5\6")
    length, start = struct.unpack_from("<II", content, end + 12)
    record = struct.pack(
        "<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries,
        length if size is None else size, start,
    )  # fmt: skip
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(content[:end] + record + locator + tail)
    return path


def pax_record(key, value):
    length = len(key) + len(value) + 3
    while len(text := f"{length} {key}={value}\n") != length:
        length = len(text)
    return text.encode()


def tar_with_holes(path):
    """A map of holes as long as the archive, which Python would read number by number."""
    head = pax_record("GNU.sparse.major", "1") + pax_record("GNU.sparse.minor", "0")
    pax(path, head + pax_record("GNU.sparse.realsize", "5"))


def tar_in(pack):
    """The bytes of a good tar archive, packed."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        info = tarfile.TarInfo("work/01_toy.ipynb")
        info.size = len(BOOK)
        archive.addfile(info, io.BytesIO(BOOK))
    return pack(plain.getvalue())


def xz_with_a_large_dictionary(path):
    """A file of 200 bytes that wants 3 GiB to be unpacked."""
    content = bytearray(tar_in(lzma.compress))
    end = 12 + content[12] * 4  # of the block's header, before its check
    content[16] = 39
    content[end : end + 4] = zlib.crc32(content[12:end]).to_bytes(4, "little")
    path.write_bytes(content)


HOSTILE |= {
    "nobody.zip": zip_without_a_name,
    "nul.zip": lambda p: p.write_bytes(
        put_zip(p, [("01_toy.ipynbQx", BOOK)]).read_bytes().replace(b"Qx", b"\0x")
    ),
    "encrypted.zip": lambda p: zip_with(p, f=flags(0x1)),
    "encrypted_strongly.zip": lambda p: zip_with(p, f=flags(0x41)),
    "broken_deflate.zip": lambda p: zip_with_a_broken_stream(p, zipfile.ZIP_DEFLATED),
    "broken_bzip2.zip": lambda p: zip_with_a_broken_stream(p, zipfile.ZIP_BZIP2),
    "broken_lzma.zip": lambda p: zip_with_a_broken_stream(p, zipfile.ZIP_LZMA),
    "deflate64.zip": lambda p: zip_with(p, m=method_of(9)),
    "aes.zip": lambda p: zip_with(p, m=method_of(99)),
    "no_method.zip": lambda p: zip_with(p, m=method_of(0xFFFF)),
    "grows.zip": lambda p: zip_that_grows(p, bz2.compress(bytes(5_000_000)), 12),
    "zip64_size.zip": lambda p: zip64(p, size=2**40),
    "zip64_offset.zip": lambda p: zip64(p, size=2**16),
    "zip64_sizes.zip": lambda p: zip_with(p, size=unpacked_size(0xFFFFFFFF)),
    "nested.zip": lambda p: put_zip(p, [("inner.zip", put_zip(p, []).read_bytes())]),
    "moodle.zip": lambda p: put_zip(p, [("Ada_1_assignsubmission_file/01_toy.ipynb", BOOK)]),
    "no_zip.zip": lambda p: p.write_bytes(tar_in(gzip.compress)),
    "no_tar.tgz": lambda p: p.write_bytes(put_zip(p, [("01_toy.ipynb", BOOK)]).read_bytes()),
    "holes.tgz": tar_with_holes,
    "below_nothing.tgz": lambda p: pax(p, pax_record("size", "-1024")),
    "twice.tgz": lambda p: put_tar(p, [("a/01_toy.ipynb", BOOK), ("b/01_toy.ipynb", BOOK)]),
    "cut.tar": lambda p: p.write_bytes(tar_in(bytes)[:530]),
    "cut.tar.xz": lambda p: p.write_bytes(tar_in(lzma.compress)[:60]),
    "cut.tar.bz2": lambda p: p.write_bytes(tar_in(bz2.compress)[:60]),
    "pieces.tgz": lambda p: p.write_bytes(gzip.compress(b"") * 30_000),
    "pieces.tbz2": lambda p: p.write_bytes(bz2.compress(b"") * 30_000),
    "pieces.txz": lambda p: p.write_bytes(lzma.compress(b"") * 30_000),
    "long_header.tgz": lambda p: p.write_bytes(b"\x1f\x8b\x08\x08" + bytes(6) + b"a" * 10**6),
    "bomb.tbz2": lambda p: p.write_bytes(bz2.compress(b"x" * 9_000_000)),
    "bomb.txz": lambda p: p.write_bytes(lzma.compress(b"x" * 9_000_000)),
    "dictionary.txz": xz_with_a_large_dictionary,
    "heavy.zip": lambda p: p.write_bytes(bytes(9_000_000)),
    "nothing.zip": lambda p: p.write_bytes(b""),
    "nothing.txz": lambda p: p.write_bytes(b""),
}


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
