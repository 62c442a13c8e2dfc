"""The remarks of an answer, each where a reader needs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo_service.campaign.model import Language
from geo_service.notes import Note, NoteCode
from geo_service.translations import text
from geo_service.voting_day.walking import distance_text
from geo_service.web.asked import Asked

_CHANGES: tuple[NoteCode, ...] = ("station_moved", "hours_changed", "house_moved")
_WARNINGS: tuple[NoteCode, ...] = (
    "special_only", "derived_border", "nearest_house", "on_border", "near_border", "station_unknown",
)  # fmt: skip
_LATER: tuple[NoteCode, ...] = (
    "whole_place", "list_differs", "special_precinct", "nearest_precinct", "axes_exchanged", "other_kind",
    "corrected_name", "other_places", "house_written_as", "more_candidates",
)  # fmt: skip
# Said elsewhere: by the banner, the heading, the line of the old name, the label of the choices.
_ELSEWHERE: tuple[NoteCode, ...] = ("sample_data", "old_name", "close_names", "other_town", "choose_address")
_ROUGH_M = 60  # a position less exact than this may be that of the neighbour's house


@dataclass(frozen=True, slots=True)
class Remarks:
    """Remarks by where they stand.

    Parameters
    ----------
    changes
        What somebody must know who was told otherwise: at the top.
    texts
        What the answer says, under its heading.
    warnings
        Why not to rely on it.
    later
        What explains it.
    registered
        That the registered address decides, where a point was asked about.
    """

    changes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    registered: tuple[str, ...] = ()


def remarks_of(asked: Asked, language: Language) -> Remarks:
    """Return the remarks of what came of a question; none is lost.

    Parameters
    ----------
    asked
        The question and what came of it.
    language
        Of the reader.
    """
    if asked.resolution is None:
        return Remarks(texts=_of_no_answer(asked, language))
    notes = asked.resolution.notes
    placed: set[NoteCode] = {*_CHANGES, *_WARNINGS, *_LATER, *_ELSEWHERE, "registered_address"}
    # Its own remark says who votes there, and where the others do.
    is_special = any(note.code == "special_only" for note in notes)
    if asked.resolution.precinct is None:
        placed.add("house_missing")  # it is the heading
    precinct = asked.resolution.precinct
    is_closed = precinct is not None and precinct.status == "closed"
    return Remarks(
        changes=(text("precinct.closed", language),) if is_closed else _texts(notes, _CHANGES, language),
        texts=(
            *((text("precinct.closed_advice", language),) if is_closed else ()),
            *(note.text(language) for note in notes if note.code not in placed),
        ),
        warnings=(*_texts(notes, _WARNINGS, language), *_rough(asked, language)),
        later=_texts(notes, _LATER, language),
        registered=() if is_special else _texts(notes, ("registered_address",), language),
    )


def _of_no_answer(asked: Asked, language: Language) -> tuple[str, ...]:
    if asked.state == "bad_point":
        return (text("page.bad_point", language),)
    if asked.state == "personal_number":
        return (Note("personal_number").text(language),)
    if asked.state == "empty":
        return (text("answer.empty_advice", language),)
    return ()


def _rough(asked: Asked, language: Language) -> Iterable[str]:
    if asked.accuracy_m is not None and asked.accuracy_m > _ROUGH_M:
        yield text("answer.rough", language, distance=distance_text(asked.accuracy_m, language))


def _texts(notes: Iterable[Note], codes: tuple[NoteCode, ...], language: Language) -> tuple[str, ...]:
    """Return the texts of the notes with these codes, in the order of the codes."""
    kept = tuple(notes)
    return tuple(note.text(language) for code in codes for note in kept if note.code == code)
