"""The command of translators: brings catalogs up to date, says what they lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

SHOWN = 70  # characters of an English text that has no translation

Chapters = Annotated[
    list[str] | None, typer.Argument(help="Chapters such as 02_knn; all if none is named.")
]


def named(names: Sequence[str] | None, among: Mapping[str, Chapter] | None = None) -> list[Chapter]:
    """The chapters of some names, all for none; ends the command at an unknown one."""
    known = chapters() if among is None else among
    for name in names or ():
        if name not in known:
            console.fail(unknown("chapter", name, known))
    return [known[name] for name in (names or known)]


def translate(
    chapter: Annotated[
        list[str] | None,
        typer.Argument(
            help="Chapters such as 02_knn, also new ones; those begun if none is named."
        ),
    ] = None,
    language: Annotated[str, typer.Option(help="Of the translation, such as zh.")] = "zh",
    check: Annotated[bool, typer.Option(help="Write nothing; say what is lacking.")] = False,
    json: Json = False,
) -> None:
    """Bring catalogs of translations up to date with the English text, and compile them."""
    if not localedata.exists(language):
        console.fail(f"there is no language {language}: name it by its code, such as zh or fr")
    known = chapters() | {page.name: page for page in pages()}
    wanted = [c for c in named(chapter, known) if chapter or catalogs.begun(language, c)]
    if not check:
        for name, messages in (*shared(), *((c.name, catalogs.of_chapter(c)) for c in wanted)):
            catalogs.update(language, name, messages)
        for path, content in catalogs.compiled(language, chapters().values()).items():
            replace_file(path, content)
    found = list(standings(wanted, [language]))
    lacking = [one for one in found if one.missing or one.fuzzy]
    if json:
        console.print_json([vars(one) for one in found])
    else:
        for one in lacking:
            console.say(console.clean(f"{one.language}: {one.name}"))
            for word, texts in (("missing", one.missing), ("fuzzy", one.fuzzy)):
                for text in texts:
                    console.say(console.clean(f"  {word}: {' '.join(text.split())[:SHOWN]}"))
        if not lacking:
            console.say(f"The translations to {language} are complete, as far as they are begun.")
    raise typer.Exit(console.WRONG if lacking and check else console.DONE)


def shared() -> Iterator[tuple[str, dict[Any, str]]]:
    """The catalogs that are of no chapter: their names, and what is said."""
    yield KIT, catalogs.of_kit()
    yield GRADER, catalogs.of_grader()


def standings(wanted: Iterable[Chapter], languages: Iterable[str]) -> Iterator[Standing]:
    """What the catalogs of the kit and of those chapters lack that are begun."""
    begun = list(wanted)
    for language in languages:
        for name, messages in shared():
            yield catalogs.standing(language, name, messages)
        for each in begun:
            if catalogs.begun(language, each):
                yield catalogs.standing(language, each.name, catalogs.of_chapter(each))


def show_untranslated(wanted: Sequence[Chapter]) -> None:
    """Print how much is missing or fuzzy in each language, by chapter; there it reads English."""
    for each in standings(wanted, catalogs.languages()):
        if each.missing or each.fuzzy:
            console.say(
                f"– {each.language}: {each.name}: {len(each.missing)} texts have no translation, "
                f"{len(each.fuzzy)} one of older English; they read English"
            )
    for language in catalogs.languages():
        lacking = [each.name for each in wanted if not catalogs.begun(language, each)]
        if lacking:
            console.say(f"– {language}: not begun: {', '.join(lacking)}")
