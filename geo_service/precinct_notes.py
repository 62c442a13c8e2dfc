"""The remarks that answers carry about precincts, borders and points."""

from __future__ import annotations

from collections.abc import Sequence

from boundaries.geodesy import degrees_for_metres
from boundaries.index import Border, PrecinctIndex
from geo_service.amending.former import former_precincts
from geo_service.campaign.model import Authority, Campaign, House, Precinct
from geo_service.nearest_houses import HousesBeside
from geo_service.notes import DayText, Note, PrecinctNumbers, StationText
from geo_service.resolution import StationAnswer

_NEAREST_HINT_M = 1000.0  # a precinct further away than a walk is no hint


class PrecinctNotes:
    """Makes the remarks of one campaign.

    Parameters
    ----------
    campaign, index
        The campaign and the index of its polygons.
    bounds
        West, south, east, north of its polygons, degrees; None without any.
    is_archive
        Whether the campaign is a former one.
    """

    def __init__(
        self,
        campaign: Campaign,
        index: PrecinctIndex,
        bounds: tuple[float, float, float, float] | None,
        *,
        is_archive: bool = False,
    ) -> None:
        self._campaign, self._index, self._bounds = campaign, index, bounds
        self._is_archive = is_archive
        self._former_precincts = former_precincts(campaign)

    def of_precinct(
        self, precinct: Precinct, authority: Authority | None, stations: Sequence[StationAnswer]
    ) -> list[Note]:
        """Return what must be known of a precinct.

        Parameters
        ----------
        precinct
            The answer.
        authority
            What it rests on; None if it was asked for by its number.
        stations
            Where it votes; none if that is not known.
        """
        number = self.numbers(precinct.number)
        notes = [note for station in stations for note in _of_changes(station)]
        if authority == "derived":
            notes.append(Note("derived_border", {"number": number}))
        if precinct.kind == "special":
            notes.append(Note("special_only", {"number": number, "name": precinct.names}))
        return notes if stations else [*notes, Note("station_unknown")]

    def of_moved_house(self, house: House) -> list[Note]:
        """Return the remark that a house belonged to another precinct before an amendment."""
        former = self._former_precincts.get((house.place, house.number, house.district))
        return [Note("house_moved", {"former": self.numbers(*former)})] if former else []

    def of_border(self, border: Border) -> list[Note]:
        """Return the warning that another precinct is near; at the city's edge there is none to confuse."""
        if not border.other_precincts:
            return []
        numbers = self.numbers(*border.other_precincts)
        if border.on_boundary:
            return [Note("on_border", {"numbers": numbers})]
        return [Note("near_border", {"distance": round(border.distance_m), "numbers": numbers})]

    def numbers(self, *numbers: int) -> PrecinctNumbers:
        """Return precinct numbers as texts quote them."""
        return PrecinctNumbers(numbers, self._campaign.info.is_sample)

    def of_special(self, lon: float, lat: float) -> list[Note]:
        """Return the remark that a special precinct votes at a point (degrees)."""
        number = self._index.special_at(lon, lat)
        if number is None:
            return []
        values = {"number": self.numbers(number), "name": self._campaign.precincts_by_number[number].names}
        return [Note("special_precinct", values)]

    def outside(self, lon: float, lat: float) -> list[Note]:
        """Return what an answer says of a point (degrees) in no precinct."""
        notes = [Note("outside", {"city": self._campaign.info.city})]
        nearest = self._index.nearest(lon, lat) if self._is_near_the_city(lon, lat) else None
        if nearest is not None and nearest[1] <= _NEAREST_HINT_M:
            values = {"number": self.numbers(nearest[0]), "distance": round(nearest[1])}
            notes.append(Note("nearest_precinct", values))
        return notes

    def _is_near_the_city(self, lon: float, lat: float) -> bool:
        """Return whether a precinct may be near enough for a hint: the search is exact only around a city."""
        if self._bounds is None:
            return False
        west, south, east, north = self._bounds
        width, height = degrees_for_metres(2 * _NEAREST_HINT_M, (south + north) / 2)
        return west - width <= lon <= east + width and south - height <= lat <= north + height

    def of_houses_beside(self, beside: HousesBeside | None, within_m: float) -> Note:
        """Return what the listed houses beside a point say: one precinct, several, or nothing."""
        if beside is None:
            return Note("no_listed_house", {"distance": round(within_m)})
        numbers = self.numbers(*beside.precincts)
        if len(beside.precincts) > 1:
            return Note("houses_differ", {"numbers": numbers, "distance": round(within_m)})
        return Note("nearest_house", {"number": numbers, "distance": round(beside.distance_m)})

    def always(self) -> list[Note]:
        """Return the remarks that every answer begins with."""
        info = self._campaign.info
        notes = (
            [Note("archive", {"campaign": info.names, "date": DayText(info.date)})]
            if self._is_archive
            else []
        )
        return [*notes, Note("sample_data")] if info.is_sample else notes


def _of_changes(answer: StationAnswer) -> list[Note]:
    """Return what somebody must know who was told of a station before it was amended."""
    history = answer.history
    if history is None:
        return []
    notes = []
    if history.places:
        places = tuple((station.names, station.address) for station in history.places)
        notes.append(Note("station_moved", {"former": StationText(places)}))
    if history.hours:
        former = ", ".join(f"{opens}–{closes}" for opens, closes in history.hours)
        notes.append(Note("hours_changed", {"former": former}))
    return notes
