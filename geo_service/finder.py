"""The finder: from a query to its precinct. Knows no channel and no web framework."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo_service.amending.former import station_histories
from geo_service.campaign.file import CampaignFile, open_campaign
from geo_service.campaign.model import LANGUAGES, Authority, House, Language, Precinct
from geo_service.errors import PrecinctNotFoundError, QueryError
from geo_service.nearest_houses import NearestHouses
from geo_service.notes import Note
from geo_service.precinct_notes import PrecinctNotes
from geo_service.query_point import check_position, city_bounds
from geo_service.resolution import CampaignReference, Resolution, StationAnswer, station_answer

if TYPE_CHECKING:
    from geo_service.addresses.suggest import Suggestion
    from geo_service.one_box import OneBox

DEFAULT_NEAR_BORDER_M = 50.0
DEFAULT_NEAR_HOUSE_M = 50.0


class Finder:
    """Answers queries from one campaign. Safe to use from several threads at once.

    Parameters
    ----------
    file
        A verified campaign file.
    near_border_m
        Metres from a border within which an answer by polygon says that it is near.
    near_house_m
        Metres within which a listed house answers for a point, in a campaign without any polygon.
    is_archive
        Whether the campaign is a former one: then every answer says so.

    Attributes
    ----------
    bounds
        West, south, east, north of the districts and precincts, degrees; None without any polygon.
    """

    def __init__(
        self,
        file: CampaignFile,
        *,
        near_border_m: float = DEFAULT_NEAR_BORDER_M,
        near_house_m: float = DEFAULT_NEAR_HOUSE_M,
        is_archive: bool = False,
    ) -> None:
        self.file = file
        self.campaign = file.campaign
        self.index = file.index
        self.near_border_m = near_border_m
        self.near_house_m = near_house_m
        info = file.campaign.info
        self.reference = CampaignReference(info.id, file.content_hash, info.is_sample)
        self.bounds = city_bounds(file.campaign)
        self.notes = PrecinctNotes(file.campaign, file.index, self.bounds, is_archive=is_archive)
        self._histories = station_histories(file.campaign)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        near_border_m: float = DEFAULT_NEAR_BORDER_M,
        near_house_m: float = DEFAULT_NEAR_HOUSE_M,
    ) -> Finder:
        """Open a campaign file and return its finder; see `open_campaign` for the errors."""
        return cls(open_campaign(path), near_border_m=near_border_m, near_house_m=near_house_m)

    def by_point(self, lon: float, lat: float, remarks: Sequence[Note] = ()) -> Resolution:
        """Return the precinct of a point by its polygon; by houses only if there is no polygon at all.

        Parameters
        ----------
        lon, lat
            Degrees.
        remarks
            What the answer says before its other notes.

        Returns
        -------
        Resolution
            ``found``, or ``outside`` if the point is in no territorial precinct. In a campaign without any
            polygon ``found``, worded as probable, if all listed houses beside the point agree.

        Raises
        ------
        geo_service.errors.CoordinateError
            If a coordinate is not finite or out of range.
        """
        check_position(lon, lat)
        number = self.index.locate(lon, lat)
        if number is None and self.listed_houses is not None:
            return self.listed_houses.answer(self, lon, lat, remarks)
        if number is None:
            notes = [*self.notes.always(), *remarks, *self.notes.outside(lon, lat)]
            return Resolution("outside", self.reference, point=(lon, lat), notes=tuple(notes))
        precinct = self.precinct(number)
        stations = self.stations(number)
        border = self.index.border(lon, lat, near_m=self.near_border_m)
        notes = [
            *self.notes.always(),
            *remarks,
            *self.notes.of_precinct(precinct, precinct.authority, stations),
            *(self.notes.of_border(border) if border else ()),
            *self.notes.of_special(lon, lat),
            Note("registered_address"),
        ]
        return Resolution(
            "found",
            self.reference,
            method="point_in_polygon",
            authority=precinct.authority,
            point=(lon, lat),
            precinct=precinct,
            stations=stations,
            border=border,
            notes=tuple(notes),
        )

    @functools.cached_property
    def listed_houses(self) -> NearestHouses | None:
        """The houses that answer for points; None where a polygon does."""
        if any(polygon.kind == "territorial" for polygon in self.campaign.polygons()):
            return None
        return NearestHouses(self.campaign, within_m=self.near_house_m)

    def by_address(
        self,
        text: str,
        district: str | None = None,
        lang: Language | None = None,
        *,
        place: int | None = None,
        explain: bool = False,
    ) -> Resolution:
        """Return the answer to what somebody typed into the one box.

        An address in any of the languages, a position or a map link, a precinct's number, a station's name.
        No text raises; twelve digits of a personal number are recognised and never searched.

        Parameters
        ----------
        text
            As people write it.
        district
            Code of the district that is meant, as if the text named it.
        lang
            Of the answer's texts; Russian without it.
        place
            Id of a place that was chosen among candidates: the text is a house number there.
        explain
            Whether candidates carry the parts of their scores, and the answer is among them.

        Raises
        ------
        geo_service.errors.QueryError
            If the campaign has no such district or place, or ``lang`` is no language of the service.
        """
        language = _language(lang) or "ru"
        return self.one_box.answer(text, district=district, language=language, place=place, explain=explain)

    def suggest(
        self, prefix: str, lang: Language | None = None, *, place: int | None = None, limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """Return how a text may go on: places, then the houses of a place.

        Parameters
        ----------
        prefix
            What has been typed so far.
        lang
            Of the suggestions; without it the language of the input.
        place
            Id of a place that was chosen: its houses are suggested.
        limit
            The most suggestions.

        Raises
        ------
        geo_service.errors.QueryError
            If the campaign has no such place.
        """
        return self.one_box.suggest(prefix, language=_language(lang), place=place, limit=limit)

    @functools.cached_property
    def one_box(self) -> OneBox:
        """What answers typed texts; made at the first use, which takes about a second."""
        from geo_service.one_box import OneBox  # noqa: PLC0415 - rapidfuzz is needed for addresses only

        return OneBox(self)

    def of_precinct(
        self, precinct: Precinct, remarks: Sequence[Note] = (), *, authority: Authority | None = None
    ) -> Resolution:
        """Return what is known of a precinct.

        Parameters
        ----------
        precinct
            Of the campaign.
        remarks
            What the answer says before its other notes.
        authority
            What the answer rests on; None if the precinct was asked for by its number or station.
        """
        stations = self.stations(precinct.number)
        notes = (
            *self.notes.always(),
            *remarks,
            *self.notes.of_precinct(precinct, authority, stations),
            Note("registered_address"),
        )
        return Resolution(
            "found",
            self.reference,
            authority=authority,
            precinct=precinct,
            stations=stations,
            notes=notes,
        )

    def of_house(self, house: House, remarks: Sequence[Note] = ()) -> Resolution:
        """Return the answer for a house: by the house list, the law, else by the polygon of its point.

        Parameters
        ----------
        house
            Of the campaign.
        remarks
            What the answer says before its other notes.
        """
        point = None if house.lon is None or house.lat is None else (house.lon, house.lat)
        in_polygon = None if point is None else self.index.locate(*point)
        listed = self.territorial(house.precinct)
        if listed is None:
            if point is None:
                notes = (*self.notes.always(), *remarks, Note("precinct_unknown"))
                return Resolution("house_unknown", self.reference, notes=notes)
            return self.by_point(*point, remarks)
        differs = in_polygon is not None and in_polygon != listed.number
        values = {"listed": self.notes.numbers(listed.number), "number": self.notes.numbers(in_polygon or 0)}
        special = [] if point is None else self.notes.of_special(*point)
        answer = self.of_precinct(
            listed,
            [
                *remarks,
                *self.notes.of_moved_house(house),
                *([Note("list_differs", values)] if differs else []),
                *special,
            ],
            authority=house.authority or "official_list",
        )
        return dataclasses.replace(
            answer,
            method="house_list",
            point=point,
            border=self.index.border(*point, near_m=self.near_border_m) if point and not differs else None,
        )

    def territorial(self, number: int | None) -> Precinct | None:
        """Return the open territorial precinct of a number; None if there is none."""
        precinct = self.campaign.precincts_by_number.get(number or 0)
        is_answer = precinct is not None and precinct.kind == "territorial" and precinct.status == "open"
        return precinct if is_answer else None

    def numbers_at(self, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.int32]:
        """Return precinct numbers of many points, as `by_point` does; see `PrecinctIndex.locate_many`."""
        if self.listed_houses is not None:
            return self.listed_houses.numbers_at(lons, lats)
        return self.index.locate_many(lons, lats)

    def precinct(self, number: int) -> Precinct:
        """Return a precinct by its number.

        Raises
        ------
        geo_service.errors.PrecinctNotFoundError
            If the campaign has no such precinct.
        """
        try:
            return self.campaign.precincts_by_number[number]
        except KeyError:
            raise PrecinctNotFoundError(
                f"There is no precinct {number} in campaign {self.campaign.info.id}.",
                "Check the number; numbers change from vote to vote.",
            ) from None

    def stations(self, number: int) -> tuple[StationAnswer, ...]:
        """Return where a precinct votes: one station, or none if it is not known."""
        station = self.campaign.stations_by_precinct.get(number)
        if station is None:
            return ()
        return (station_answer(station, self.campaign.info, self._histories.get(number)),)


def _language(lang: str | None) -> Language | None:
    """Return a language that is one of the service's."""
    for language in LANGUAGES:
        if lang == language:
            return language
    if lang is None:
        return None
    raise QueryError("There is no such language.", "Give kk, ru or en.", field="lang")
