"""The text of a drafted recipe: sections with comments that tell what was seen and why it was chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo_service.campaign.model import Names
from geo_service.drafting.details import Details
from geo_service.drafting.sections import Guess
from geo_service.drafting.sources import Source
from geo_service.drafting.toml_text import comment, inline_table, key, quoted, remark

_CHANGE = "change this"
_SAMPLE_WORDS, _SAMPLE_LETTERS = 3, 24
_HEAD = (
    "Draft of a recipe: what the files named below seem to hold. Read it, correct it, then run "
    '`geo-service build`. docs/recipe.md explains every key. Lines that end in "change this" hold a default, '
    "not something that the files say."
)


@dataclass(frozen=True)
class Vote:
    """What is known of the vote; what is None gets a default and a comment.

    Parameters
    ----------
    id
        Short name.
    names, city
        Names of the vote and of the city.
    date, data_date
        Day of the vote; day as of which the data hold.
    time_zone
        IANA name.
    """

    id: str | None = None
    names: Names | None = None
    city: Names | None = None
    date: dt.date | None = None
    data_date: dt.date | None = None
    time_zone: str = "Asia/Almaty"


def recipe_text(
    vote: Vote,
    guesses: Mapping[str, Guess],
    details: Mapping[str, Details],
    codes: Mapping[str, str],
    *,
    list_section: Sequence[str],
    unused: Sequence[Source],
    relative: Callable[[Path], str],
) -> str:
    """Return the text of a recipe.

    Parameters
    ----------
    vote
        The vote.
    guesses, details
        By section, in the order of a recipe.
    codes
        Codes of districts by the names that stand for them; none if the source has codes.
    list_section
        Lines of the section of the house lists; none without any.
    unused
        Sources that no section takes.
    relative
        The path of a source as the recipe names it.
    """
    is_sample = any("sample" in _authorities(guess) for guess in guesses.values())
    lines = [*comment(_HEAD), "", *_campaign_lines(vote, is_sample=is_sample)]
    for section, guess in guesses.items():
        lines += ["", *_section_lines(section, guess, details[section], codes, relative)]
    if list_section:
        lines += ["", *list_section]
    if unused:
        lines += ["", *comment("Not used, because they fit no section, or another file fits it better:")]
        for source in unused:
            lines += comment(
                f"- {source.title}: {_shape(source)}; columns: {', '.join(source.table.columns)}"
            )
    return "\n".join(lines) + "\n"


def _campaign_lines(vote: Vote, *, is_sample: bool) -> list[str]:
    today = dt.datetime.now().astimezone().date()
    names = vote.names or Names("Дауыс беру", "Голосование", "Vote")
    city = vote.city or Names("Алматы", "Алматы", "Almaty")
    entries = [
        ("id", quoted(vote.id or "draft"), vote.id is None),
        ("names", _names(names), vote.names is None),
        ("city", _names(city), vote.city is None),
        ("date", (vote.date or today).isoformat(), vote.date is None),
        ("data_date", (vote.data_date or today).isoformat(), vote.data_date is None),
        ("time_zone", quoted(vote.time_zone), False),
    ]
    lines = ["[campaign]"]
    lines += [f"{name} = {value}{remark(_CHANGE) if guessed else ''}" for name, value, guessed in entries]
    lines += comment('call_centre = { number = "109", opens = "08:00", closes = "22:00" }')
    lines += comment('source = "who made these data"')
    if is_sample:
        lines.append(f"is_sample = true{remark('a source says that its precincts are invented')}")
    return lines


def _section_lines(
    section: str,
    guess: Guess,
    details: Details,
    codes: Mapping[str, str],
    relative: Callable[[Path], str],
) -> list[str]:
    source = guess.source
    why = f" Chosen because {' and '.join(guess.reasons)}." if guess.reasons else ""
    lines = comment(f"{source.title}: {_shape(source)}.{why}")
    lines += [f"[{section}]", f"file = {quoted(relative(source.path))}"]
    if source.layer is not None:
        lines.append(f"layer = {quoted(source.layer)}")
    lines += [f"{name} = {quoted(value)}{remark(why)}" for name, value, why in details.lines]
    columns = {ours: theirs for ours, theirs in guess.columns.items() if ours not in details.left_out}
    if section == "districts" and codes:
        columns = {"code": _named(guess), **{ours: name for ours, name in columns.items() if ours != "code"}}
    lines += _column_lines(section, guess, columns, details)
    values = dict(details.values)
    if section == "districts" and codes:
        values["code"] = dict(codes)
    for ours, words in values.items():
        lines += ["", f"[{section}.values.{ours}]"]
        lines += [f"{quoted(word)} = {quoted(meaning)}" for word, meaning in words.items()]
    return lines


def _column_lines(section: str, guess: Guess, columns: Mapping[str, str], details: Details) -> list[str]:
    source = guess.source
    lines = ["", f"[{section}.columns]"]
    for ours, theirs in columns.items():
        samples = " | ".join(word[:_SAMPLE_LETTERS] for word in source.words(theirs)[:_SAMPLE_WORDS])
        lines.append(f"{key(ours)} = {quoted(theirs)}{remark(samples) if samples else remark('empty')}")
    for ours, reason in details.left_out.items():
        lines += comment(f"{ours} = {quoted(guess.columns[ours])}: left out: {reason}")
    unused = [name for name in source.table.columns if name not in columns.values()]
    if unused:
        lines += comment(f"Columns that are not used: {', '.join(unused)}")
    return lines


def _named(guess: Guess) -> str:
    return next(
        guess.columns[name] for name in ("name_ru", "name_kk", "name_en", "code") if name in guess.columns
    )


def _authorities(guess: Guess) -> set[str]:
    name = guess.columns.get("authority")
    return set() if name is None else set(guess.source.words(name))


def _shape(source: Source) -> str:
    count, kind = len(source.table.rows), source.geometry_kind
    what = "records without geometry" if kind == "none" else f"records with {kind} geometry"
    system = f", {source.table.crs.name}" if source.table.crs is not None and kind != "none" else ""
    return f"{count} {what}{system}"


def _names(names: Names) -> str:
    return inline_table({code: name for code, name in names.as_dict().items() if name})
