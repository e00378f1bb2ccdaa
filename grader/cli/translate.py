"""The command of translators: brings catalogs up to date, says what they lack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Any

import typer
from babel import localedata

from grader.exercises.model import Chapter
from grader.exercises.registry import chapters, pages
from grader.weave import catalogs
from grader.weave.catalogs import GRADER, KIT, Standing
from pix2net.cli import console
from pix2net.cli.options import Json
from pix2net.files import replace_file
from pix2net.judging.wording import unknown

Messages = Callable[[], dict[Any, str]]  # of a catalog: what is said, with the file of each

# Of no chapter: these catalogs every language has.
SHARED: dict[str, Messages] = {KIT: catalogs.of_kit, GRADER: catalogs.of_grader}
SHOWN = 70  # characters of an English text that has no translation

Chapters = Annotated[
    list[str] | None, typer.Argument(help="Chapters such as 02_knn; all if none is named.")
]


def named(names: Sequence[str] | None) -> list[Chapter]:
    """The chapters of some names, all for none; ends the command at an unknown one."""
    known = chapters()
    for name in names or ():
        if name not in known:
            console.fail(unknown("chapter", name, known))
    return [known[name] for name in (names or known)]


def translate(
    chapter: Annotated[
        list[str] | None,
        typer.Argument(
            help="Chapters such as 02_knn or guides such as students, also new ones; "
            "those begun if none is named."
        ),
    ] = None,
    language: Annotated[str, typer.Option(help="Of the translation, such as zh.")] = "zh",
    check: Annotated[bool, typer.Option(help="Write nothing; say what is lacking.")] = False,
    json: Json = False,
) -> None:
    """Bring catalogs of translations up to date with the English text, and compile them."""
    if not localedata.exists(language):
        console.fail(f"there is no language {language}: name it by its code, such as zh or fr")
    wanted = _chosen(chapter)
    if not check:
        _write(
            language, {n: t for n, t in wanted.items() if chapter or catalogs.begun(language, n)}
        )
    found = list(standings(wanted, [language]))
    lacking = [one for one in found if one.missing or one.fuzzy]
    if json:
        console.print_json([vars(one) for one in found])
    elif lacking:
        _show(lacking)
    else:
        console.say(f"The translations to {language} are complete, as far as they are begun.")
    raise typer.Exit(console.WRONG if lacking and check else console.DONE)


def _chosen(names: Sequence[str] | None) -> dict[str, Messages]:
    """The texts of some names, all for none; ends the command at an unknown one."""
    known = texts()
    for name in names or ():
        if name not in known:
            console.fail(unknown("chapter or guide", name, known))
    return {name: known[name] for name in (names or known)}


def _write(language: str, wanted: Mapping[str, Messages]) -> None:
    """Bring catalogs up to date, and what is made of all of them."""
    for name, messages in {**SHARED, **wanted}.items():
        catalogs.update(language, name, messages())
    made = catalogs.compiled(language, chapters().values()) | catalogs.guides_in(language)
    for path, content in made.items():
        replace_file(path, content)


def _show(lacking: Iterable[Standing]) -> None:
    for one in lacking:
        console.say(console.clean(f"{one.language}: {one.name}"))
        for word, told in (("missing", one.missing), ("fuzzy", one.fuzzy)):
            for text in told:
                console.say(console.clean(f"  {word}: {' '.join(text.split())[:SHOWN]}"))


def texts() -> dict[str, Messages]:
    """What each catalog is of, beside the shared ones: chapters, pages and guides."""
    written = (*chapters().values(), *pages())
    return {c.name: partial(catalogs.of_chapter, c) for c in written} | {
        name: partial(catalogs.of_guide, name) for name in catalogs.GUIDES
    }


def standings(wanted: Mapping[str, Messages], languages: Iterable[str]) -> Iterator[Standing]:
    """What the shared catalogs lack, and those of the texts that are begun."""
    for language in languages:
        for name, messages in {**SHARED, **wanted}.items():
            if name in SHARED or catalogs.begun(language, name):
                yield catalogs.standing(language, name, messages())


def show_untranslated(wanted: Sequence[Chapter]) -> None:
    """Print how much is missing or fuzzy in each language, by chapter; there it reads English."""
    known = texts()
    names = {each.name: known[each.name] for each in wanted}
    for each in standings(names, catalogs.languages()):
        if each.missing or each.fuzzy:
            console.say(
                f"– {each.language}: {each.name}: {len(each.missing)} texts have no translation, "
                f"{len(each.fuzzy)} one of older English; they read English"
            )
    for language in catalogs.languages():
        lacking = [each.name for each in wanted if not catalogs.begun(language, each.name)]
        if lacking:
            console.say(f"– {language}: not begun: {', '.join(lacking)}")
