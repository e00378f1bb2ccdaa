"""Makers of archives that nobody packs by accident, by the name that each is handed in under."""

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib

from tests.release.hand_ins import BOOK, put_tar, put_zip


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
