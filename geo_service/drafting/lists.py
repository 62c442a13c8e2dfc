"""House lists among source files: which tables are some, and the section of a recipe that names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo_service.drafting.sections import OWN_NUMBERS, guess_section
from geo_service.drafting.sources import Source
from geo_service.drafting.toml_text import comment, quoted
from geo_service.house_lists.columns import guess_columns

_TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".ods"})


@dataclass(frozen=True)
class HouseLists:
    """The house lists of a recipe.

    Parameters
    ----------
    sources
        The lists: one sheet of one workbook, or files without sheets to choose.
    stations
        Another sheet of the same workbook that has the stations; None without one.
    """

    sources: Sequence[Source]
    stations: Source | None = None

    @property
    def title(self) -> str:
        """What to call them in comments."""
        return "; ".join(source.title for source in self.sources)

    @property
    def all_sources(self) -> list[Source]:
        """Every source that the section reads."""
        return [*self.sources, *([self.stations] if self.stations is not None else [])]


def find_house_lists(sources: Sequence[Source]) -> HouseLists | None:
    """Return the house lists among sources; None if there are none."""
    lists = [source for source in sources if list_columns(source)]
    if not lists:
        return None
    whole = [source for source in lists if source.layer is None and source.encoding == lists[0].encoding]
    if lists[0].layer is None:
        return HouseLists(whole)
    beside = [source for source in sources if source.path == lists[0].path and source is not lists[0]]
    stations = [source for source in beside if not list_columns(source) and guess_section("stations", source)]
    return HouseLists(lists[:1], stations[0] if len(stations) == 1 else None)


def list_columns(source: Source) -> Mapping[str, str]:
    """Return the columns by which a table is known as a house list; none if it is not.

    A list says which houses are in a precinct: it has a street and houses, or addresses and each precinct's
    number many times. A list of stations has each number once, but for mistakes.
    """
    if source.table.geometries is not None or source.path.suffix.lower() not in _TABLES:
        return {}
    columns = guess_columns(source.table.columns)
    if "precinct" not in columns:
        return {}
    numbers = source.column(columns["precinct"])
    repeats = len(set(numbers)) < OWN_NUMBERS * len(numbers)
    if {"street", "houses"} <= columns.keys() or ("address" in columns and repeats):
        return columns
    return {}


def list_lines(lists: HouseLists, relative: Callable[[Path], str]) -> list[str]:
    """Return the lines of the section ``[house_lists]``."""
    first = lists.sources[0]
    seen = ", ".join(f'{ours} = "{header}"' for ours, header in list_columns(first).items())
    lines = comment(
        f"{lists.title}: {len(first.table.rows)} rows. Chosen as a house list for its columns: {seen}."
    )
    lines.append("[house_lists]")
    if len(lists.sources) == 1:
        lines.append(f"file = {quoted(relative(first.path))}")
    else:
        lines.append(f"files = [{', '.join(quoted(relative(source.path)) for source in lists.sources)}]")
    if first.layer is not None:
        lines.append(f"sheet = {quoted(first.layer)}")
    if lists.stations is not None and lists.stations.layer is not None:
        lines.append(f"stations_sheet = {quoted(lists.stations.layer)}")
    if first.encoding is not None:
        lines.append(f"encoding = {quoted(first.encoding)}  # the file does not say it")
    lines += comment('findings = "findings.xlsx": writes what was not understood, for a clerk to correct')
    return lines
