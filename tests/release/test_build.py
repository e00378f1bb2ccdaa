"""A class folder, and what building puts into it."""

import stat

import pytest

from grader.release.build import build, hidden_sources
from grader.release.course_dir import ClassFolderError, create_class, load_record, open_class
from grader.weave import catalogs
from pix2net.judging import answer_key as keys


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_chapter_is_built_with_its_public_key_and_its_stills(folder, chapter):
    (built,) = build(folder, [chapter])
    assert sorted(str(p.relative_to(built.source)) for p in built.source.rglob("*.*")) == [
        "01_toy.ipynb",
        "keys/01_toy.key",
        "stills/01_picture.png",
    ]
    assert built.points == 10.5
    assert not keys.load(built.source / "keys" / "01_toy.key").hidden


def test_the_hidden_key_is_for_its_owner_alone_and_outside_what_nbgrader_copies(folder, chapter):
    build(folder, [chapter])
    assert keys.load(folder.hidden_key("01_toy")).hidden
    assert mode(folder.keys) == 0o700
    assert {mode(path) for path in folder.keys.iterdir()} == {0o600}
    assert folder.keys.parent == folder.root
    assert mode(folder.root) == 0o700


def test_a_seed_has_at_least_128_secret_bits(tmp_path, chapter):
    seeds = set()
    for name in ("one", "two"):
        folder = create_class(tmp_path / name)
        build(folder, [chapter])
        seeds.add(load_record(folder.key_record("01_toy")).seed)
    assert len(seeds) == 2
    assert all(seed.bit_length() >= 128 for seed in seeds)


def test_a_rebuild_keeps_the_hidden_key_unless_a_new_seed_is_asked_for(folder, chapter):
    (first,) = build(folder, [chapter])
    content = folder.hidden_key("01_toy").read_bytes()
    (second,) = build(folder, [chapter])
    assert (first.hidden_key, second.hidden_key) == ("new", "kept")
    assert second.release == first.release
    assert folder.hidden_key("01_toy").read_bytes() == content
    (third,) = build(folder, [chapter], new_seed=True)
    assert third.hidden_key == "new"
    assert third.release != first.release


@pytest.mark.parametrize("damage", ["sources", "key"])
def test_a_hidden_key_of_other_sources_or_a_damaged_one_is_made_anew(folder, chapter, damage):
    (first,) = build(folder, [chapter])
    if damage == "key":
        folder.hidden_key("01_toy").write_bytes(b"no key")
    else:
        record = load_record(folder.key_record("01_toy"))
        type(record)(record.seed, "0" * 64).save(folder.key_record("01_toy"))
    (second,) = build(folder, [chapter])
    assert second.hidden_key == "new"
    assert second.release != first.release


def test_the_hidden_half_is_every_module_that_defines_it(chapter):
    assert "toy.py" in {path.name for path in hidden_sources(chapter)}


def test_a_still_that_is_no_longer_the_chapter_s_leaves(folder, chapter, texts):
    (built,) = build(folder, [chapter])
    (texts / "stills" / "01_picture.png").rename(texts / "stills" / "01_new.png")
    build(folder, [chapter])
    assert [path.name for path in (built.source / "stills").iterdir()] == ["01_new.png"]


def test_a_class_folder_keeps_the_instructor_s_settings(folder):
    settings = folder.root / "nbgrader_config.py"
    settings.write_text(settings.read_text() + "\nc.CourseDirectory.course_id = 'mine'\n")
    assert create_class(folder.root).course().course_id == "mine"


def test_the_settings_name_the_exchange(tmp_path):
    folder = create_class(tmp_path / "class", exchange=tmp_path / "exchange")
    assert folder.exchange() == tmp_path / "exchange"
    assert folder.course().course_id == "pixels-to-networks"
    assert folder.course().root == str(tmp_path / "class")


def test_what_is_no_class_folder_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(ClassFolderError, match="course release"):
        open_class(tmp_path)
    (tmp_path / "something").write_text("else")
    with pytest.raises(ClassFolderError, match="not empty"):
        create_class(tmp_path)
    with pytest.raises(ClassFolderError, match="is a file"):
        create_class(tmp_path / "something")


def test_a_chapter_built_in_another_language_has_the_same_keys(
    tmp_path, chapter, texts, monkeypatch
):
    monkeypatch.setattr(catalogs, "FOLDER", tmp_path / "languages")
    catalogs.update("zh", chapter.name, catalogs.of_chapter(chapter))
    path = catalogs.path_of("zh", chapter.name)
    heading = 'msgid "# A toy chapter"\nmsgstr "'
    text = path.read_text(encoding="utf-8")
    assert heading in text
    path.write_text(text.replace(heading, heading + "# 玩具章"), encoding="utf-8")
    (texts / "stills" / "zh").mkdir()
    (texts / "stills" / "zh" / "01_picture.png").write_bytes(b"\x89PNG in Chinese")
    (texts / "stills" / "01_wordless.png").write_bytes(b"\x89PNG without words")
    books, public, stills = [], [], []
    for language in (None, "zh"):
        (built,) = build(create_class(tmp_path / f"class-{language}"), [chapter], language=language)
        books.append((built.source / "01_toy.ipynb").read_text(encoding="utf-8"))
        stills.append({p.name: p.read_bytes()[5:] for p in (built.source / "stills").iterdir()})
        public.append((built.source / "keys" / "01_toy.key").read_bytes())
    assert public[0] == public[1]
    assert [each["01_picture.png"] for each in stills] == [b"a picture", b"in Chinese"]
    assert [each["01_wordless.png"] for each in stills] == [b"without words"] * 2
    assert books[1] == books[0].replace("# A toy chapter", "# 玩具章")
