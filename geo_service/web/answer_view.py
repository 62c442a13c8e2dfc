"""An answer in the words of the page, ready for the template: one place where words are chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from geo_service.campaign.model import CampaignInfo, Language, Names, Precinct
from geo_service.resolution import Resolution
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import text
from geo_service.web.answer_links import ActionsView, actions_view
from geo_service.web.answer_map import selection_json
from geo_service.web.answer_remarks import Remarks, remarks_of
from geo_service.web.asked import Asked, State
from geo_service.web.candidates_view import Choice, Choices, choices
from geo_service.web.evidence import evidence_line
from geo_service.web.headings import heading_of
from geo_service.web.station_view import StationView, station_view


@dataclass(frozen=True, slots=True)
class PrecinctView:
    """A precinct in words: what leads to its number, the number, a sample's mark, by what it was found."""

    lead: str
    number: str
    mark: str | None
    district: str | None
    basis: str | None
    is_probable: bool


@dataclass(frozen=True, slots=True)
class HouseForm:
    """Asks for the house number at a place that was found."""

    place: int
    name: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer in words.

    Parameters
    ----------
    state
        What came of the question.
    heading
        What it says in a few words; with a precinct, its number with lead and mark.
    title
        Of the whole page.
    address
        Path and query of the page that shows this answer.
    selection
        What the map marks, as JSON.
    place, apart
        Place and house as they were understood, and what tells them from others of the name; None for other
        questions.
    old_name
        Under which name it was found, if that is an old one.
    precinct, station
        The precinct and where it votes.
    remarks
        What must be known, by where it stands.
    choices
        What else may be meant.
    house_form
        Where only the house number is missing.
    exchanged
        The point that was probably meant.
    has_map_hint
        Whether to point at one's house on the map is a way on.
    needs_help
        Whether the reader should ask before relying on the answer.
    evidence
        How it was decided, as of when, for which vote.
    actions
        What the reader may do with it; None without a precinct, and of a closed one.
    """

    state: State
    heading: str
    title: str
    address: str
    selection: str
    place: str | None
    apart: str | None
    old_name: str | None
    precinct: PrecinctView | None
    station: StationView | None
    remarks: Remarks
    choices: Choices | None
    house_form: HouseForm | None
    exchanged: Choice | None
    has_map_hint: bool
    needs_help: bool
    evidence: str | None
    actions: ActionsView | None


def answer_view(asked: Asked, served: ServedCampaign, moment: dt.datetime, language: Language) -> AnswerView:
    """Return an answer in words.

    Parameters
    ----------
    asked
        The question and what came of it.
    served
        The campaign that answered.
    moment
        At which it is read.
    language
        Of the reader.
    """
    resolution, info = asked.resolution, served.info
    districts = {one.code: one.names for one in served.finder.campaign.districts}
    precinct = None if resolution is None else _precinct_view(resolution, info, districts, language)
    heading = heading_of(asked, info, language) if precinct is None else _heading_found(precinct)
    place = resolution.place if resolution else None
    address = url_for("finder.find", **asked.arguments)
    remarks = remarks_of(asked, language)
    station = None if resolution is None else _station(resolution, info, moment, language)
    return AnswerView(
        state=asked.state,
        heading=heading,
        title=f"{heading}: {text('page.title', language)}",
        address=address,
        selection=selection_json(
            None if _is_closed(resolution) else resolution, language, bounds=served.finder.bounds
        ),
        place=None if place is None else place.address(language),
        apart=None if place is None else place.apart(language),
        old_name=_old_name(resolution, language),
        precinct=precinct,
        station=station,
        remarks=remarks,
        choices=_choices(resolution, districts, language),
        house_form=_house_form(resolution, language),
        exchanged=_exchanged(asked, language),
        has_map_hint=asked.state in {"street_only", "house_unknown", "not_found"},
        needs_help=precinct is None or precinct.is_probable or bool(remarks.warnings) or station is None,
        evidence=evidence_line(resolution, info, language) if resolution and precinct else None,
        actions=_actions(resolution, heading, station, address, language),
    )


def _precinct_view(
    resolution: Resolution, info: CampaignInfo, districts: Mapping[str, Names], language: Language
) -> PrecinctView | None:
    precinct = resolution.precinct
    if precinct is None:
        return None
    district = districts.get(precinct.district)
    is_probable = _is_probable(resolution)
    return PrecinctView(
        lead=text("page.precinct_probable" if is_probable else "page.precinct", language),
        number=text("page.number", language, number=precinct.number),
        mark=text("mark.sample", language) if info.is_sample else None,
        district=None if district is None else district.best(language),
        basis=_basis(resolution, precinct, language),
        is_probable=is_probable,
    )


def _basis(resolution: Resolution, precinct: Precinct, language: Language) -> str | None:
    """Return by what the precinct was found; None if it was asked for by its number, or is a special one."""
    if precinct.kind != "territorial" or resolution.method is None:
        return None
    return text("answer.by_point" if _is_of_point(resolution) else "answer.by_registered", language)


def _is_probable(resolution: Resolution) -> bool:
    """Return whether the precinct is worded as probable: by our own border, or without the very house."""
    by_guess = resolution.method == "nearest_house" or resolution.status == "house_unknown"
    return by_guess or resolution.authority == "derived" or _is_of_point(resolution)


def _is_of_point(resolution: Resolution) -> bool:
    """Return whether a point was asked about: it may be beside the house where somebody is registered."""
    return resolution.method is not None and resolution.place is None


def _heading_found(precinct: PrecinctView) -> str:
    mark = f" ({precinct.mark})" if precinct.mark else ""
    return f"{precinct.lead} {precinct.number}{mark}"


def _station(
    resolution: Resolution, info: CampaignInfo, moment: dt.datetime, language: Language
) -> StationView | None:
    if not resolution.stations or _is_closed(resolution):
        return None
    return station_view(resolution.stations[0], info, moment, language, point=resolution.point)


def _old_name(resolution: Resolution | None, language: Language) -> str | None:
    if resolution is None or resolution.place is None or resolution.matched_alias is None:
        return None
    place, alias = resolution.place, resolution.matched_alias
    if alias.kind != "old":
        return None
    name = place.labels.address(place.place, None, language)
    return text("answer.old_name", language, alias=alias.name, place=name)


def _choices(
    resolution: Resolution | None, districts: Mapping[str, Names], language: Language
) -> Choices | None:
    if resolution is None or resolution.status == "found":
        return None
    label = None
    if resolution.status == "house_unknown":
        label = "answer.nearest_houses" if resolution.place else "answer.places_of_name"
    elif resolution.status != "ambiguous":
        label = "note.close_names"
    return choices(
        resolution.candidates,
        language,
        label=label and text(label, language),
        place=resolution.place,
        districts=districts,
    )


def _house_form(resolution: Resolution | None, language: Language) -> HouseForm | None:
    if resolution is None or resolution.status not in {"street_only", "house_unknown"}:
        return None
    if resolution.place is None:
        return None
    place = resolution.place.place
    return HouseForm(place.id, resolution.place.labels.address(place, None, language))


def _exchanged(asked: Asked, language: Language) -> Choice | None:
    if asked.exchanged is None:
        return None
    lat, lon = asked.exchanged
    return Choice(
        url_for("finder.find", lat=lat, lon=lon), text("page.swapped_link", language, lat=lat, lon=lon)
    )


def _actions(
    resolution: Resolution | None, heading: str, station: StationView | None, address: str, language: Language
) -> ActionsView | None:
    if resolution is None or resolution.precinct is None or _is_closed(resolution):
        return None
    number = resolution.precinct.number
    shared = _shared_address(resolution, address, language)
    return actions_view(resolution, number, heading, station, shared, lang=language)


def _is_closed(resolution: Resolution | None) -> bool:
    """Return whether the answer is a precinct that is closed: by its number it is still found."""
    precinct = resolution.precinct if resolution else None
    return precinct is not None and precinct.status == "closed"


def _shared_address(resolution: Resolution, address: str, language: Language) -> str:
    """Return the address of the page to tell others of: of a house without the flat that may be typed."""
    place = resolution.place
    if place is None or place.house is None:
        return address
    house = place.address(language)
    return url_for("finder.find", q=house, place=place.place.id, district=place.house.district)
