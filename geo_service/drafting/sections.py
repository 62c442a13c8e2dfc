"""Which section of a recipe a source seems to fill, and with which of its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from geo_service.addresses.letters import skeleton
from geo_service.campaign.recipe import EXTRA_COLUMNS
from geo_service.campaign.schema import LAYERS
from geo_service.campaign.values import parse_integer
from geo_service.drafting.headers import best_headers, header_language, header_strength
from geo_service.drafting.sources import Source
from geo_service.errors import SourceError

#: Our columns that are guessed, with what the source's column must mean.
_GUESSED: Mapping[str, Mapping[str, str]] = {
    "districts": {"code": "code"},
    "precincts": {
        "number": "number", "district": "district", "kind": "kind", "status": "status", "voters": "voters",
    },
    "stations": {
        "precinct": "number", "district": "district", "kind": "kind", "opens": "opens", "closes": "closes",
        "phone": "phone", "lon": "lon", "lat": "lat",
    },
}  # fmt: skip
#: Stems of our columns by language, with what the source's column must mean; what comes first has the choice.
_NAMED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "districts": (("name", "name"), ("name", "district")),
    "precincts": (("name", "name"),),
    "stations": (("address", "address"), ("name", "name")),
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "districts": (), "precincts": ("number",), "stations": ("precinct",), "places": ("id", "kind"),
    "houses": ("place", "number"), "aliases": ("place", "name", "language", "kind"),
}  # fmt: skip
_GEOMETRIES: Mapping[str, frozenset[str]] = {
    "districts": frozenset({"polygon"}),
    "precincts": frozenset({"polygon", "none"}),
    "stations": frozenset({"point", "none"}),
    "places": frozenset({"line", "point", "polygon", "none"}),
    "houses": frozenset({"point", "none"}),
    "aliases": frozenset({"none"}),
}
_TITLES: Mapping[str, tuple[str, ...]] = {
    "districts": ("district", "rayon", "raion", "район", "аудан"),
    "precincts": ("precinct", "участ", "uik", "уик", "учаск", "границ", "border", "boundar", "шекара"),
    "stations": (
        "station",
        "пункт",
        "голосован",
        "дауыс беру",
        "помещен",
        "точк",
        "point",
        "орталы",
        "адрес",
        "center",
        "centre",
    ),
    "places": ("place", "street", "улиц", "көше"),
    "houses": ("house", "дома", "здани", "үй"),
    "aliases": ("alias", "old name", "старые названия"),
}
_COLUMN_NAME_LETTERS = 10
#: What only one of the two languages has: letters, and words of addresses and institutions.
_KAZAKH = re.compile("[әғқңөұүһі]|мектеп|аудан|аурухана|колледжі|сарайы|кітапхана", re.IGNORECASE)
_RUSSIAN = re.compile(
    "[щъэ]|(?:ий|ый|ая|ое|ого) |школ|улица|район|проспект|больниц|здание|дворец|дом ", re.IGNORECASE
)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_ROW_NUMBERS = frozenset(
    map(skeleton, ("id", "fid", "objectid", "gid", "n", "n п п", "ogc fid", "object id"))
)
#: The share of rows that must have a number of their own in a column that is named so. The others are
#: mistakes, of which the build tells; a draft without the column would hide them.
OWN_NUMBERS = 0.8
_OWN_SCORE, _TITLE_SCORE, _COLUMN_SCORE, _MOST_DISTRICTS = 6.0, 3.0, 0.4, 60


@dataclass(frozen=True)
class Guess:
    """A source as a section.

    Parameters
    ----------
    section
        Name of the section.
    source
        The source.
    columns
        Our column to the source's.
    score
        How well it fits; more is better.
    reasons
        Why, for the comment of the section.
    """

    section: str
    source: Source
    columns: Mapping[str, str]
    score: float
    reasons: tuple[str, ...] = field(default=())


def guess_section(section: str, source: Source) -> Guess | None:
    """Return what a source would give to a section; None if it cannot fill it."""
    if source.geometry_kind not in _GEOMETRIES[section]:
        return None
    own = own_columns(section, source)
    columns = {**_guessed_columns(section, source, set(own.values())), **own}
    if any(column not in columns for column in _REQUIRED[section]):
        return None
    if section == "districts" and not any(column.startswith(("name_", "code")) for column in columns):
        return None
    reasons = []
    score = _COLUMN_SCORE * len(columns)
    if _own_share(section, own):
        score += _OWN_SCORE
        reasons.append("its columns have the names of this section")
    words = [word for word in _TITLES[section] if skeleton(word) in _title(source)]
    if words:
        score += _TITLE_SCORE
        reasons.append(f'its name says "{words[0]}"')
    score += _content_score(section, source, columns, reasons)
    number = columns.get("number", columns.get("precinct"))
    if section == "precincts" and is_outline(source) and not header_strength(number or "", "number"):
        return None  # a city's outline with the number of something else
    if section in {"precincts", "stations"} and number and not header_strength(number, "number"):
        reasons.append(f'"{number}" is its only column with another number in each record: check this')
    return Guess(section, source, columns, score, tuple(reasons))


def is_outline(source: Source) -> bool:
    """Return whether a source is one polygon: the outline of a city, which is no precinct."""
    return source.geometry_kind == "polygon" and len(source.table.rows) == 1


def own_columns(section: str, source: Source) -> dict[str, str]:
    """Return the columns of a source that have our names, whole or cut after ten letters."""
    layer = next(layer for layer in LAYERS if layer.name == section)
    known = [*layer.column_names, *EXTRA_COLUMNS.get(section, ())]
    if source.table.geometries is not None:
        known = [name for name in known if name not in {"lon", "lat"}]
    found = {}
    for name in known:
        short = name[:_COLUMN_NAME_LETTERS]
        only_one = sum(other[:_COLUMN_NAME_LETTERS] == short for other in known) == 1
        if name in source.table.columns:
            found[name] = name
        elif only_one and short in source.table.columns:
            found[name] = short
    return found


def _own_share(section: str, own: Mapping[str, str]) -> bool:
    return bool(_REQUIRED[section] or section == "districts") and all(
        column in own for column in (_REQUIRED[section] or ("code",))
    )


def _title(source: Source) -> str:
    return skeleton(f"{source.path.stem} {source.layer or ''} {source.table.name}".replace("_", " "))


def _content_score(section: str, source: Source, columns: Mapping[str, str], reasons: list[str]) -> float:
    count = len(source.table.rows)
    if section == "districts" and is_outline(source):
        reasons.append("it is one outline, that of the whole city, which stands for its districts")
        return 0.0
    if section == "districts":
        named = " ".join(word for name in columns.values() for word in source.words(name)[:_MOST_DISTRICTS])
        says_so = any(skeleton(word) in skeleton(named) for word in ("район", "ауданы", "district"))
        if says_so:
            reasons.append("its records are named as districts")
        return (_TITLE_SCORE if says_so else 0.0) - (_TITLE_SCORE if count > _MOST_DISTRICTS else 0.0)
    if section == "precincts" and source.geometry_kind == "polygon":
        reasons.append("it has polygons and a column of numbers")
        return 1.0
    if section == "stations" and any(column.startswith("address_") for column in columns):
        reasons.append("it has numbers and addresses")
        return 2.0
    return 0.0


def _guessed_columns(section: str, source: Source, taken: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    free = [name for name in source.table.columns if name not in taken]
    for ours, meaning in _GUESSED.get(section, {}).items():
        if ours in {"lon", "lat"} and source.table.geometries is not None:
            continue
        candidates = [name for name in best_headers(free, meaning) if _fits(ours, source, name)]
        if candidates:
            found[ours] = candidates[0]
            free.remove(candidates[0])
    number = {"precincts": "number", "stations": "precinct"}.get(section)
    if number is not None and number not in found and source.table.geometries is not None:
        found.update(_numbers_by_contents(number, source, free))
    for stem, meaning in _NAMED.get(section, ()):
        left = [name for name in free if name not in found.values()]
        if meaning == "district":  # in districts each record is another one; in precincts they repeat
            left = [name for name in left if len(source.words(name)) == len(source.table.rows)]
        found |= {
            ours: name
            for ours, name in _named_columns(stem, meaning, source, left).items()
            if ours not in found
        }
    return found


def _fits(ours: str, source: Source, name: str) -> bool:
    """Return whether the texts of a column can be what they should."""
    texts = [text for text in source.column(name) if text is not None]
    if not texts:
        return False
    if ours in {"number", "precinct", "voters"}:
        numbers = [_integer(text) for text in texts]
        if ours != "voters" and header_strength(name, "number"):
            return len(set(numbers) - {None}) >= OWN_NUMBERS * len(source.table.rows)
        return None not in numbers and (ours == "voters" or len(set(numbers)) == len(source.table.rows))
    return True


def _numbers_by_contents(ours: str, source: Source, free: list[str]) -> dict[str, str]:
    """Return the only column of different whole numbers that is no numbering of rows."""
    candidates = [
        name
        for name in free
        if skeleton(name.replace("_", " ")) not in _ROW_NUMBERS and _fits(ours, source, name)
    ]
    return {ours: candidates[0]} if len(candidates) == 1 else {}


def _named_columns(stem: str, meaning: str, source: Source, free: list[str]) -> dict[str, str]:
    """Return the columns of names or addresses by language, which the column's name or its texts tell."""
    found: dict[str, str] = {}
    stated = {code: [name for name in free if header_language(name) == code] for code in ("kk", "ru", "en")}
    for code, names in stated.items():
        best = best_headers(names, meaning)
        if best:
            found[f"{stem}_{code}"] = best[0]
    for name in best_headers([name for name in free if header_language(name) is None], meaning):
        found.setdefault(f"{stem}_{_language_of(source.words(name))}", name)
    return found


def _language_of(words: list[str]) -> str:
    """Return the language of most of the texts of a column."""
    kazakh = sum(_KAZAKH.search(word) is not None for word in words)
    russian = sum(_RUSSIAN.search(word) is not None for word in words)
    if kazakh > russian:
        return "kk"
    return "ru" if _CYRILLIC.search(" ".join(words)) or not words else "en"


def _integer(text: str) -> int | None:
    try:
        return parse_integer(text, minimum=1)
    except SourceError:
        return None
