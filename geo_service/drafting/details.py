"""What a section of a drafted recipe needs beside its columns: values, coordinate system, encoding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from pyproj import CRS, Transformer

from geo_service.campaign.values import parse_degrees
from geo_service.drafting.sections import Guess, is_outline
from geo_service.drafting.sources import Source
from geo_service.drafting.words import MEANINGS, district_codes, is_code, match_district, meaning_of
from geo_service.errors import SourceError

#: Systems that files of Kazakhstan come in, the likelier first: WGS 84 by UTM zones, Web Mercator, Pulkovo
#: 1942 by Gauss-Kruger zones of 6 degrees, with the zone's number in the easting and without.
_USUAL_SYSTEMS = (32643, 32642, 32644, 32641, 3857, 28413, 28412, 28414, 28473, 28472, 28474)
_REACH_DEGREES = 1.5
_MAX_LON, _MAX_LAT = 180.0, 90.0


@dataclass(frozen=True)
class Details:
    """What is written into a section beside its columns.

    Parameters
    ----------
    values
        By our column: the source's words to ours.
    left_out
        Our columns that were guessed and must be left out again, with the reason.
    lines
        Keys such as ``crs`` with their value and a comment.
    comments
        Lines of comment.
    """

    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    lines: Sequence[tuple[str, str, str]] = ()
    comments: Sequence[str] = ()


def details_of(
    guess: Guess, districts: Mapping[str, Sequence[str]], centre: tuple[float, float] | None
) -> Details:
    """Return what a section needs beside its columns.

    Parameters
    ----------
    guess
        The section.
    districts
        Names of the districts of this recipe by code; none if it has no section of them.
    centre
        Longitude and latitude near which the data should lie, if known.
    """
    values: dict[str, dict[str, str]] = {}
    left_out: dict[str, str] = {}
    for column in ("kind", "status"):
        if guess.section in {"precincts", "stations"} and column in guess.columns:
            _translate(guess, column, values, left_out)
    if guess.section in {"precincts", "stations"} and "district" in guess.columns and districts:
        _name_districts(guess, districts, values, left_out)
    lines = [*_encoding_lines(guess.source), *_system_lines(guess, centre)]
    return Details(values, left_out, lines)


def codes_of_districts(guess: Guess) -> tuple[str, dict[str, str]]:
    """Return the column that names the districts, and the code of each name; none where it holds codes."""
    stated = guess.columns.get("code")
    if stated is not None and all(text and is_code(text) for text in guess.source.column(stated)):
        return stated, {}
    named = next(
        guess.columns[key] for key in ("name_ru", "name_kk", "name_en", "code") if key in guess.columns
    )
    if is_outline(guess.source):
        return named, dict.fromkeys(guess.source.words(named), "city")
    return named, district_codes(guess.source.words(named))


def _translate(
    guess: Guess, column: str, values: dict[str, dict[str, str]], left_out: dict[str, str]
) -> None:
    words = guess.source.words(guess.columns[column])
    known = {word: meaning_of(word, column) for word in words}
    unknown = [word for word, choice in known.items() if choice is None]
    if unknown:
        choices = ", ".join(MEANINGS[column])
        left_out[column] = (
            f'its word "{unknown[0][:40]}" is none of: {choices}; say in values what it stands for'
        )
        return
    told = {word: str(choice) for word, choice in known.items() if word.casefold() != choice}
    if told:
        values[column] = told


def _name_districts(
    guess: Guess,
    districts: Mapping[str, Sequence[str]],
    values: dict[str, dict[str, str]],
    left_out: dict[str, str],
) -> None:
    plain = {word.casefold() for code, names in districts.items() for word in (code, *names)}
    told: dict[str, str] = {}
    for word in guess.source.words(guess.columns["district"]):
        if word.casefold() in plain:
            continue
        code = match_district(word, districts)
        if code is None:
            left_out["district"] = (
                f'its word "{word[:40]}" is no district of this recipe; say in values which it is'
            )
            return
        told[word] = code
    if told:
        values["district"] = told


def _encoding_lines(source: Source) -> list[tuple[str, str, str]]:
    if source.encoding is not None:
        return [("encoding", source.encoding, "the file does not say it; this one gives likely letters")]
    assumed = [finding for finding in source.table.findings if finding.code == "encoding_assumed"]
    if not assumed:
        return []
    values = assumed[0].values
    return [("encoding", str(values["encoding"]), f'the file does not say it; it gives "{values["sample"]}"')]


def _system_lines(guess: Guess, centre: tuple[float, float] | None) -> list[tuple[str, str, str]]:
    source = guess.source
    positions = _positions(guess)
    has_columns = "lon" in guess.columns
    stated = None if has_columns else source.table.crs
    if not len(positions) or (stated is not None and not stated.is_geographic):
        return []
    if _in_degrees(positions):
        is_known = has_columns or stated is not None
        return [] if is_known else [("crs", "EPSG:4326", "the file does not say it; these are degrees")]
    why = "the file does not say it" if stated is None else f"the file says {stated.name}: that is in degrees"
    code = None if centre is None else _likely_system(positions, centre)
    if code is None:
        return [("crs", "EPSG:32643", f"CHANGE THIS: {why}, and no usual system fits")]
    name = CRS.from_epsg(code).name
    return [("crs", f"EPSG:{code}", f"{why}; as {name} it lies in the city: check this")]


def _positions(guess: Guess) -> np.ndarray:
    source = guess.source
    if "lon" in guess.columns and "lat" in guess.columns:
        pairs = zip(source.column(guess.columns["lon"]), source.column(guess.columns["lat"]), strict=True)
        return np.array([pair for pair in map(_pair, pairs) if pair is not None], float).reshape(-1, 2)
    shapes = [shape for shape in source.table.geometries or () if shape is not None]
    return shapely.get_coordinates(shapes)


def _pair(texts: tuple[str | None, str | None]) -> tuple[float, float] | None:
    try:
        return None if None in texts else (parse_degrees(str(texts[0])), parse_degrees(str(texts[1])))
    except SourceError:
        return None


def _in_degrees(positions: np.ndarray) -> bool:
    return bool((np.abs(positions[:, 0]) <= _MAX_LON).all() and (np.abs(positions[:, 1]) <= _MAX_LAT).all())


def _likely_system(positions: np.ndarray, centre: tuple[float, float]) -> int | None:
    """Return the usual system in which positions lie near the city; None if they do in none."""
    middle = np.median(positions, axis=0)
    for code in _USUAL_SYSTEMS:
        transformer = Transformer.from_crs(code, 4326, always_xy=True)
        lon, lat = transformer.transform(*middle)
        if abs(lon - centre[0]) <= _REACH_DEGREES and abs(lat - centre[1]) <= _REACH_DEGREES:
            return code
    return None
