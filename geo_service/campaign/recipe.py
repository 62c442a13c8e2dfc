"""The recipe: a TOML file that names a campaign, its source files and what their columns mean."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import (
    Field,
    ValidationError,
    model_validator,
)

from geo_service.campaign.edited import is_geopackage, recipe_of_campaign
from geo_service.campaign.model import CallCentre, CampaignInfo
from geo_service.campaign.names import NO_NAMES
from geo_service.campaign.nearest_word import nearest
from geo_service.campaign.quality_entry import NO_QUALITY, QualityEntry
from geo_service.campaign.recipe_faults import recipe_error
from geo_service.campaign.recipe_values import (
    CityName,
    DateText,
    NamesEntry,
    RecipeEntry,
    ShortName,
    TimeText,
    ZoneName,
)
from geo_service.campaign.rules_entry import RuleEntries
from geo_service.campaign.schema import LAYERS
from geo_service.errors import RecipeError
from geo_service.house_lists.recipe_entry import HouseListsEntry

#: Columns that a source may have beside those of the campaign file.
EXTRA_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "stations": ("district", "kind", "lon", "lat"),
    "places": ("lon", "lat"),
    "houses": ("lon", "lat", "code"),
}
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    layer.name: (*layer.column_names, *EXTRA_COLUMNS.get(layer.name, ())) for layer in LAYERS
}

Scalar = str | int | float | bool | dt.date | dt.time


class CallCentreEntry(RecipeEntry):
    """Where residents ask by telephone."""

    number: str = Field(min_length=1)
    opens: TimeText
    closes: TimeText


class CampaignEntry(RecipeEntry):
    """The vote itself; the fields are those of `geo_service.campaign.model.CampaignInfo`."""

    id: ShortName
    names: NamesEntry
    city: NamesEntry
    date: DateText
    data_date: DateText
    time_zone: ZoneName = "Asia/Almaty"
    opens: TimeText = "07:00"
    closes: TimeText = "20:00"
    call_centre: CallCentreEntry | None = None
    source: str = ""
    source_names: NamesEntry | None = None
    licence: str = ""
    links: dict[str, str] = Field(default_factory=dict)
    rules: RuleEntries = ()
    is_sample: bool = False

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> CampaignEntry:
        if self.opens >= self.closes:
            raise ValueError(f"opens ({self.opens}) must come before closes ({self.closes})")
        return self

    def to_info(self) -> CampaignInfo:
        """Return the vote of the model."""
        call_centre = self.call_centre
        values = self.model_dump(exclude={"names", "city", "call_centre", "rules", "source", "source_names"})
        source_names = self.source_names.to_names() if self.source_names else NO_NAMES
        return CampaignInfo(
            **values,
            source=self.source or source_names.best("ru") or "",
            source_names=source_names,
            names=self.names.to_names(),
            city=self.city.to_names(),
            call_centre=CallCentre(**call_centre.model_dump()) if call_centre else None,
            rules=tuple(rule.to_rule() for rule in self.rules),
        )


class SectionEntry(RecipeEntry):
    """One source: where it is, how it is read, and what its columns mean.

    Parameters
    ----------
    file
        Path, relative to the recipe.
    layer, encoding, crs
        Stated where the file leaves them open; ``crs`` also corrects what a file states wrongly.
    columns
        Our column to the source's; None takes the columns that have our names.
    values
        By our column: a value for records that have none, or a table from the source's words to ours.
    """

    file: str = Field(min_length=1)
    layer: str | None = None
    encoding: str | None = None
    crs: str | None = None
    columns: dict[str, str] | None = None
    values: dict[str, Scalar | dict[str, Scalar]] = Field(default_factory=dict)


class RenamingsEntry(RecipeEntry):
    """Old names that the project knows itself; see `geo_service.addresses.renamings`."""

    city: CityName


class RecipeDocument(RecipeEntry):
    """A whole recipe."""

    campaign: CampaignEntry
    districts: SectionEntry | None = None
    precincts: SectionEntry | None = None
    stations: SectionEntry | None = None
    places: SectionEntry | None = None
    houses: SectionEntry | None = None
    aliases: SectionEntry | None = None
    renamings: RenamingsEntry | None = None
    house_lists: HouseListsEntry | None = None
    quality: QualityEntry = NO_QUALITY


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe that has been read and checked.

    Parameters
    ----------
    path
        Where it was read; the paths of the sources count from its folder.
    info
        The vote.
    sections
        Sources by the name of the campaign file's layer that they fill.
    renamings
        The city whose renamings are added to the aliases; None adds none.
    quality
        What is mended, and what has been accepted.
    house_lists
        The house lists; None without any.
    """

    path: Path
    info: CampaignInfo
    sections: Mapping[str, SectionEntry]
    renamings: str | None = None
    quality: QualityEntry = NO_QUALITY
    house_lists: HouseListsEntry | None = None


def load_recipe(path: str | os.PathLike[str]) -> Recipe:
    """Read and check a recipe.

    Parameters
    ----------
    path
        A TOML file; docs/recipe.md tells its keys. Or a campaign file, which is then its own recipe; see
        `geo_service.campaign.edited`.

    Returns
    -------
    Recipe

    Raises
    ------
    geo_service.errors.RecipeError
        If the file is missing or no TOML, or a key is missing, unknown or has a wrong value.
    """
    path = Path(path)
    try:
        document = RecipeDocument.model_validate(_read_values(path))
    except ValidationError as error:
        raise recipe_error(error, RecipeDocument, file=path.name) from error
    entries = {name: getattr(document, name) for name in _SECTIONS}
    sections = {name: entry for name, entry in entries.items() if entry is not None}
    has_lists = document.house_lists is not None
    if not has_lists and not sections.keys() & {"districts", "precincts", "stations", "houses"}:
        raise RecipeError(
            "The recipe names no source.",
            "Add at least one of the sections [districts], [precincts], [stations], [houses] "
            "and [house_lists].",
            file=path.name,
        )
    for name, entry in sections.items():
        _check_columns(name, entry, path)
    renamings = document.renamings
    if renamings and "places" not in sections:
        raise RecipeError(
            "There are no places that could have old names.",
            "Add a section [places], or leave [renamings] out.",
            file=path.name,
            field="renamings",
        )
    city = renamings.city if renamings else None
    info = document.campaign.to_info()
    return Recipe(path, info, sections, city, document.quality, document.house_lists)


def _read_values(path: Path) -> dict[str, Any]:
    return recipe_of_campaign(path) if is_geopackage(path) else _read_toml(path)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise RecipeError(
            f"The recipe cannot be opened ({error.strerror}).", "Name a TOML file.", file=str(path)
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise RecipeError(
            f"The recipe is not TOML ({error}).", "Correct it; it must be in UTF-8.", file=path.name
        ) from error


def _check_columns(name: str, entry: SectionEntry, path: Path) -> None:
    """Refuse a column that the layer does not have: a misspelt one would silently be left out."""
    for table, keys in (("columns", entry.columns or {}), ("values", entry.values)):
        for key in keys:
            if key not in _SECTIONS[name]:
                raise RecipeError(
                    f'The section [{name}] has no column "{key}".',
                    f"{nearest(key, _SECTIONS[name])}Its columns are: {', '.join(_SECTIONS[name])}.",
                    file=path.name,
                    field=f"{name}.{table}.{key}",
                )
