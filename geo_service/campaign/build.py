"""Build a campaign file from a recipe: sources in, one verified GeoPackage out."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo_service.addresses.renamings import aliases_of, read_renamings
from geo_service.campaign.district_book import DistrictBook
from geo_service.campaign.edited import amendments_of
from geo_service.campaign.file import check_target, write_campaign
from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.membership import (
    add_precincts_of_stations,
    houses_of_known_precincts,
    precincts_of_houses,
)
from geo_service.campaign.mended import mend_precincts
from geo_service.campaign.model import Alias, Campaign, Finding, House, Names, Place
from geo_service.campaign.place_rows import read_aliases, read_houses, read_places
from geo_service.campaign.recipe import EXTRA_COLUMNS, Recipe, load_recipe
from geo_service.campaign.records import Record, map_columns, read_records, source_crs
from geo_service.campaign.rows import Sourced, read_districts, read_precincts, read_stations
from geo_service.campaign.schema import LAYERS
from geo_service.campaign.summary import district_names
from geo_service.campaign.whereabouts import Whereabouts, zone_position
from geo_service.errors import RecipeError, StoreError
from geo_service.house_lists.applying import AppliedLists
from geo_service.house_lists.section import apply_to, lists_of, write_findings_sheet
from geo_service.quality.accepted import accepted_of
from geo_service.quality.checks import check_campaign
from geo_service.quality.report import QualityReport, judged
from geo_service.quality.survey import Survey
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.registry import read_table
from geo_service.sources.reproject import parse_crs
from geo_service.sources.text_faults import without_text_faults

#: Called as each step begins and once at the end: name of the step, steps done, steps in all. Names are
#: those of the layers, then ``check`` and ``write``; a recipe with house lists has ``list_tables`` before and
#: ``house_lists`` after the layers.
Progress = Callable[[str, int, int], None]

_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "districts": ("code",),
    "precincts": ("number",),
    "stations": ("precinct",),
    "places": ("id", "kind"),
    "houses": ("place", "number"),
    "aliases": ("place", "name", "language", "kind"),
}
_LIST_STEPS = ("list_tables", "house_lists")
STEPS = ("list_tables", *(layer.name for layer in LAYERS), "house_lists", "check", "write")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made.

    Parameters
    ----------
    content_hash
        Of the campaign file, read back from it.
    findings
        Everything that the build noticed, as the file keeps it.
    counts
        Rows by layer, in the order of the layers.
    district_names
        Names of the districts by code, for the words of the findings.
    quality
        The light and the measures; findings that the recipe's file accepts are parted from the others.
    """

    content_hash: str
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    district_names: Mapping[str, Names]
    quality: QualityReport


def build_campaign(
    recipe_path: str | os.PathLike[str],
    out_path: str | os.PathLike[str],
    *,
    progress: Progress | None = None,
) -> BuildReport:
    """Build a campaign file.

    Parameters
    ----------
    recipe_path
        The recipe; docs/recipe.md describes it.
    out_path
        The campaign file to write. An existing one is replaced only by a complete and verified new one; it
        may itself be a source.
    progress
        Told of each step.

    Returns
    -------
    BuildReport

    Raises
    ------
    geo_service.errors.RecipeError
        If the recipe is wrong.
    geo_service.errors.SourceError, boundaries.errors.GeometryError
        If a source cannot be read or a value in it cannot be used.
    geo_service.errors.StoreError
        If the file cannot be written there, or something else than a campaign file has its name: a build
        never writes over its recipe or a source that is no campaign file.
    """
    out_path = Path(out_path)
    tell = progress or _tell_nobody
    _refuse_recipe_as_target(Path(recipe_path), out_path)
    check_target(out_path)
    recipe = load_recipe(recipe_path)
    accepted = accepted_of(recipe.path, recipe.quality.accepted)
    desk = _Desk.of(recipe, tell)
    campaign, findings = _assemble(desk)
    desk.tell("write")
    content_hash = write_campaign(out_path, campaign, findings=findings)
    if desk.applied is not None:
        write_findings_sheet(recipe, desk.applied, campaign)
    tell("write", len(desk.steps), len(desk.steps))
    counts = {layer.name: len(getattr(campaign, layer.name)) for layer in LAYERS}
    quality = judged(Survey(campaign), findings, accepted)
    return BuildReport(content_hash, tuple(findings), counts, district_names(campaign), quality)


def assemble(recipe: Recipe, *, progress: Progress | None = None) -> tuple[Campaign, list[Finding]]:
    """Read the sources of a recipe and return the campaign that they make, with the findings.

    Parameters
    ----------
    recipe
        See `load_recipe`.
    progress
        Told of each step.

    Raises
    ------
    geo_service.errors.RecipeError, geo_service.errors.SourceError, boundaries.errors.GeometryError
        See `build_campaign`.
    """
    return _assemble(_Desk.of(recipe, progress or _tell_nobody))


def _assemble(desk: _Desk) -> tuple[Campaign, list[Finding]]:
    recipe, findings = desk.recipe, desk.findings
    if recipe.house_lists is not None:
        desk.tell("list_tables")
    lists = lists_of(recipe)
    districts = read_districts(desk.records("districts"), findings)
    desk.whereabouts = desk.whereabouts.with_box_of([district.geometry for district in districts])
    book = DistrictBook(districts)
    listed = [precinct for precinct, _ in read_precincts(desk.records("precincts"), book, findings)]
    listed = mend_precincts(listed, districts, findings, widest_m=recipe.quality.mend_m)
    if not districts:
        desk.whereabouts = desk.whereabouts.with_box_of([precinct.geometry for precinct in listed])
    hours = {"opens": recipe.info.opens, "closes": recipe.info.closes}
    listed_stations = lists.stations if lists is not None and "stations" not in recipe.sections else ()
    stations = read_stations([*desk.records("stations"), *listed_stations], book, **hours)
    precincts = add_precincts_of_stations(listed, stations, book, findings)
    places = read_places(desk.records("places"), book)
    sourced_houses = read_houses(desk.records("houses"), book, places, precincts, findings)
    if not listed_stations and not recipe.sections.keys() & {"precincts", "stations"}:
        precincts = precincts_of_houses(house for house, _ in sourced_houses)
    houses = houses_of_known_precincts(sourced_houses, precincts, findings)
    aliases = _with_renamings(read_aliases(desk.records("aliases"), places, findings), places, recipe)
    campaign = Campaign(
        recipe.info,
        districts=tuple(sorted(districts, key=lambda item: item.code)),
        precincts=tuple(sorted(precincts, key=lambda item: item.number)),
        stations=tuple(sorted((row.station for row in stations), key=lambda item: item.precinct)),
        places=tuple(sorted(places, key=lambda item: item.id)),
        houses=tuple(sorted(houses, key=lambda item: (item.place, item.number, item.district))),
        aliases=tuple(sorted(aliases, key=_alias_key)),
        amendments=amendments_of(recipe.path),
    )
    if lists is not None:
        desk.tell("house_lists")
        desk.applied = apply_to(recipe, lists, campaign, _codes(sourced_houses))
        campaign = desk.applied.campaign
        findings.extend(desk.applied.findings)
    _refuse_hidden_sample(campaign, recipe)
    desk.tell("check")
    origins = {row.station.precinct: (row.record.table.name, row.record.item) for row in stations}
    return campaign, [*findings, *check_campaign(campaign, origins)]


@dataclass
class _Desk:
    """Where a build opens its sources one after the other and keeps what it notices."""

    recipe: Recipe
    progress: Progress
    whereabouts: Whereabouts
    findings: list[Finding] = field(default_factory=list)
    applied: AppliedLists | None = None

    @classmethod
    def of(cls, recipe: Recipe, progress: Progress) -> _Desk:
        return cls(recipe, progress, Whereabouts(zone_position(recipe.info.time_zone)))

    @property
    def steps(self) -> Sequence[str]:
        """The steps of this build."""
        has_lists = self.recipe.house_lists is not None
        return [step for step in STEPS if has_lists or step not in _LIST_STEPS]

    def tell(self, step: str) -> None:
        self.progress(step, self.steps.index(step), len(self.steps))

    def records(self, section: str) -> Sequence[Record]:
        """Return the records of a section; none if the recipe does not have it."""
        self.tell(section)
        entry = self.recipe.sections.get(section)
        if entry is None:
            return []
        options = ReadOptions(entry.layer, section, entry.encoding)
        table = read_table(self.recipe.path.parent / entry.file, options)
        layer = next(layer for layer in LAYERS if layer.name == section)
        known = (*layer.column_names, *EXTRA_COLUMNS.get(section, ()))
        mapping = map_columns(entry, table, known=known, required=_REQUIRED[section])
        table = without_text_faults(table, set(mapping.source_names.values()))
        records = list(read_records(entry, table, mapping))
        crs = source_crs(entry, table, mapping)
        for record in records:
            self.whereabouts.refuse_swapped(record)
            self.whereabouts.refuse_misplaced(record, crs)
        self._note_source(section, table, entry.crs)
        return records

    def _note_source(self, section: str, table: Table, stated_crs: str | None) -> None:
        self.findings.extend(table.findings)
        if not table.rows:
            self.findings.append(make_finding("section_empty", file=table.name, layer=section))
        if stated_crs is None or table.crs is None:
            return
        stated = parse_crs(stated_crs)
        if not stated.equals(table.crs, ignore_axis_order=True):
            self.findings.append(
                make_finding("crs_overridden", file=table.name, stated=stated.name, in_file=table.crs.name)
            )


def _with_renamings(aliases: list[Alias], places: list[Place], recipe: Recipe) -> list[Alias]:
    """Return aliases with the renamings that a recipe asks for; where both have one, that of the source."""
    if recipe.renamings is None:
        return aliases
    known = aliases_of(places, read_renamings(recipe.renamings))
    return list({_alias_key(alias): alias for alias in (*known, *aliases)}.values())


def _codes(houses: Iterable[Sourced[House]]) -> dict[str, House]:
    """Return houses by the official codes of their addresses, where the source has them."""
    coded = ((record.text("code"), house) for house, record in houses)
    return {code: house for code, house in coded if code is not None}


def _alias_key(alias: Alias) -> tuple[int, str, str, str]:
    return alias.place, alias.name, alias.language, alias.kind


def _tell_nobody(step: str, done: int, total: int) -> None:
    """Take no notice of the progress."""


def _refuse_recipe_as_target(recipe: Path, out: Path) -> None:
    if recipe.exists() and out.exists() and recipe.samefile(out):
        raise StoreError(
            "This is the recipe itself: writing would destroy it.",
            "Name another file to write, e.g. campaign.gpkg.",
            file=str(out),
        )


def _refuse_hidden_sample(campaign: Campaign, recipe: Recipe) -> None:
    """Refuse to make a real campaign of invented precincts: they could misinform voters."""
    if recipe.info.is_sample:
        return
    precincts = (f"Precinct {item.number}" for item in campaign.precincts if item.authority == "sample")
    houses = (f"A house at place {item.place}" for item in campaign.houses if item.authority == "sample")
    invented = next(itertools.chain(precincts, houses), None)
    if invented is not None:
        raise RecipeError(
            f"{invented} is sample data, but the campaign is not marked as a sample.",
            "Set is_sample = true in [campaign], or take the sample data out of the source.",
            file=recipe.path.name,
            field="campaign.is_sample",
        )
