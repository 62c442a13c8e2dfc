"""Draft a recipe: look at source files, decide which section each fills, and write that down."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo_service.campaign.whereabouts import zone_position
from geo_service.drafting.details import codes_of_districts, details_of
from geo_service.drafting.lists import HouseLists, find_house_lists, list_lines
from geo_service.drafting.sections import Guess, guess_section
from geo_service.drafting.sources import Source, read_sources
from geo_service.drafting.writing import Vote, recipe_text
from geo_service.errors import RecipeError, SourceError, StoreError

_SECTIONS = ("districts", "precincts", "stations", "places", "houses", "aliases")
_NEEDED = frozenset({"districts", "precincts", "stations", "houses"})

#: Called before each file is read: its name, files read, files in all.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Draft:
    """A drafted recipe.

    Parameters
    ----------
    text
        The recipe, TOML.
    sections
        The title of the source of each section that was found.
    unused
        Titles of sources that no section takes.
    """

    text: str
    sections: Mapping[str, str]
    unused: Sequence[str] = field(default=())


def draft_recipe(
    paths: Sequence[Path], out: Path, vote: Vote | None = None, *, progress: Progress | None = None
) -> Draft:
    """Look at source files and return a recipe that builds a campaign from them.

    Parameters
    ----------
    paths
        Files of any format that a recipe can name.
    out
        Where the recipe will lie: paths in it count from that folder. Nothing is written.
    vote
        What is known of the vote; see `Vote`.
    progress
        Told of each file.

    Returns
    -------
    Draft

    Raises
    ------
    geo_service.errors.SourceError
        If a file is missing or cannot be read.
    geo_service.errors.RecipeError
        If none of the files seems to hold districts, precincts, stations or houses.
    """
    vote = vote or Vote()
    tell = progress or _tell_nobody
    sources: list[Source] = []
    for position, path in enumerate(paths):
        tell(path.name, position, len(paths))
        sources += read_sources(path)
    tell("", len(paths), len(paths))
    lists = find_house_lists(sources)
    of_lists = {id(source) for source in lists.all_sources} if lists else set()
    guesses = choose([source for source in sources if id(source) not in of_lists])
    if lists is None and not _NEEDED & guesses.keys():
        raise RecipeError(
            f"None of the files seems to hold districts, precincts, stations or houses: {_seen(sources)}.",
            "Name the columns as docs/recipe.md says, or write the recipe by hand.",
        )
    used = {*of_lists, *(id(guess.source) for guess in guesses.values())}
    unused = [source for source in sources if id(source) not in used]
    titles = {name: guess.source.title for name, guess in guesses.items()}
    if lists is not None:
        titles["house_lists"] = lists.title
    text = _text(guesses, lists, unused, out, vote)
    return Draft(text, titles, [source.title for source in unused])


def write_draft(draft: Draft, out: Path, *, force: bool = False) -> None:
    """Write a drafted recipe; an existing file only with ``force``.

    Raises
    ------
    geo_service.errors.StoreError
        If the file exists, or cannot be written.
    """
    try:
        with out.open("w" if force else "x", encoding="utf-8") as file:
            file.write(draft.text)
    except FileExistsError as error:
        raise StoreError(
            "The file exists; somebody may have worked on it.",
            "Name another one with --out, or write over it with --force.",
            file=str(out),
        ) from error
    except OSError as error:
        raise StoreError(
            f"The recipe cannot be written ({error.strerror}).",
            "Name another file with --out.",
            file=str(out),
        ) from error


def choose(sources: Sequence[Source]) -> dict[str, Guess]:
    """Return the best source for each section; a source fills one section only."""
    candidates = [
        guess
        for source, section in itertools.product(sources, _SECTIONS)
        if (guess := guess_section(section, source)) is not None
    ]
    chosen: dict[str, Guess] = {}
    taken: set[int] = set()
    for guess in sorted(candidates, key=lambda guess: -guess.score):
        if guess.section not in chosen and id(guess.source) not in taken:
            chosen[guess.section] = guess
            taken.add(id(guess.source))
    return {name: chosen[name] for name in _SECTIONS if name in chosen}


def _text(
    guesses: Mapping[str, Guess], lists: HouseLists | None, unused: Sequence[Source], out: Path, vote: Vote
) -> str:
    districts: dict[str, list[str]] = {}
    codes: dict[str, str] = {}
    if "districts" in guesses:
        districts, codes = _districts(guesses["districts"])
    centre = zone_position(vote.time_zone)
    details = {name: details_of(guess, districts, centre) for name, guess in guesses.items()}

    def relative(path: Path) -> str:
        return _relative(path, out)

    list_section = [] if lists is None else list_lines(lists, relative)
    return recipe_text(
        vote, guesses, details, codes, list_section=list_section, unused=unused, relative=relative
    )


def _districts(guess: Guess) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the names of districts by code, and the codes to write for their names."""
    column, codes = codes_of_districts(guess)
    named = [guess.columns[key] for key in ("name_kk", "name_ru", "name_en") if key in guess.columns]
    texts = [guess.source.column(name) for name in named]
    names: dict[str, list[str]] = {}
    for position, word in enumerate(guess.source.column(column)):
        if word is not None:
            names[codes.get(word, word)] = [text for cells in texts if (text := cells[position])]
    return names, codes


def _relative(path: Path, out: Path) -> str:
    """Return a file's path from the folder of the recipe, with slashes; absolute where it must be."""
    try:
        return Path(os.path.relpath(path.resolve(), out.resolve().parent)).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def _seen(sources: Sequence[Source]) -> str:
    return (
        "; ".join(
            f"{source.title} has {source.geometry_kind.replace('none', 'no')} geometry and the columns "
            f"{', '.join(source.table.columns) or 'none'}"
            for source in sources
        )
        or "nothing was found in them"
    )


def _tell_nobody(name: str, done: int, total: int) -> None:
    """Make nothing of the progress."""


def newest_change(paths: Sequence[Path]) -> dt.date:
    """Return the day, by this machine's clock, on which the newest of files was changed.

    Raises
    ------
    geo_service.errors.SourceError
        If one is not there.
    """
    for path in paths:
        if not path.is_file():
            raise SourceError("There is no such file.", "Correct its path.", file=str(path))
    return max(dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone().date() for path in paths)
