"""What an answer without a precinct says in a few words, to the ear first."""

from __future__ import annotations

from collections.abc import Mapping

from geo_service.campaign.model import CampaignInfo, Language
from geo_service.notes import NoteCode
from geo_service.resolution import Resolution
from geo_service.translations import text
from geo_service.web.asked import Asked, State

_OF_STATES: Mapping[State, str] = {
    "ambiguous": "answer.several",
    "street_only": "answer.street_only",
    "house_unknown": "answer.house_unknown",
    "outside": "page.outside",
    "not_found": "answer.not_found",
    "personal_number": "answer.personal_number",
    "bad_point": "page.problem",
    "swapped": "page.swapped",
    "empty": "answer.empty",
}
# Where a note says more exactly than the state what happened.
_OF_NOTES: Mapping[NoteCode, str] = {
    "close_names": "answer.did_you_mean",
    "choose_precinct": "answer.several_precincts",
    "precinct_unknown": "answer.precinct_unknown",
    "precinct_number_unknown": "answer.no_such_precinct",
    "houses_differ": "answer.several_precincts",
    "short_link": "answer.short_link",
}


def heading_of(asked: Asked, info: CampaignInfo, language: Language) -> str:
    """Return the heading of an answer without a precinct.

    Parameters
    ----------
    asked
        The question and what came of it.
    info
        The vote.
    language
        Of the reader.
    """
    codes = _codes(asked.resolution)
    if "other_town" in codes:
        return text("answer.other_town", language, city=info.city.best(language))
    if asked.state in {"ambiguous", "house_unknown", "not_found", "outside"}:
        for code, key in _OF_NOTES.items():
            if code in codes and not (code == "close_names" and asked.state != "ambiguous"):
                return text(key, language)
    return text(_OF_STATES[asked.state], language)


def _codes(resolution: Resolution | None) -> set[NoteCode]:
    return set() if resolution is None else {note.code for note in resolution.notes}
