"""Judging answers: whether what a query was answered with is what the corpus expects."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from geo_service.addresses.house_numbers import canonical
from geo_service.addresses.letters import cyrillic, plain, skeleton, stem
from geo_service.campaign.model import Place
from geo_service.evaluation.corpus import CorpusRow
from geo_service.evaluation.report import ClassFigures, EvaluationReport, WrongRow
from geo_service.finder import Finder
from geo_service.resolution import CandidateAnswer, PlaceAnswer, Resolution

#: What came of one row; ``candidate`` is right because the first candidate is.
Verdict = Literal["found", "candidate", "right", "wrong", "wrong_as_found", "skipped"]

_NOT_RIGHT = frozenset({"wrong", "wrong_as_found"})
_TYPED_NUMBER = re.compile(r"\d+(?:\s*-?\s*[^\W\d_](?![^\W\d_]))?(?:\s*[/\\]\s*\d+)?")
_MOST_SHOWN = 3  # candidates in a report


def evaluate(
    finder: Finder,
    rows: Sequence[CorpusRow],
    progress: Callable[[int], None] | None = None,
    *,
    is_own: bool = True,
) -> EvaluationReport:
    """Answer the queries of a corpus and judge the answers.

    Parameters
    ----------
    finder
        Answers from its campaign.
    rows
        Of `read_corpus`.
    progress
        Called after each row with the number of rows that are done.
    is_own
        Whether the corpus was written for the finder's campaign, so that both have the same namesakes.

    Notes
    -----
    A place is the expected one if its kind and Russian name agree (by their `skeleton`; any name, where the
    campaign has no Russian one) and it lies in the expected district; a house, if its canonical number does.

    - ``found`` is right if that place and house, precinct, station or point is the answer, or if the answer
      is ``ambiguous`` or ``house_unknown`` and exactly that is its first candidate, or is named although its
      precinct is not known. The two are counted apart.
    - Any other status is right if it is given and, where a place is expected, that is the place or among the
      candidates.
    - ``found`` with anything else, or where another status is expected, is wrong as found.
    - Rows are skipped whose place, house, precinct, station or district the campaign does not have; such
      districts are named in the report.

    A corpus of another campaign (``is_own=False``) knows neither the namesakes nor the houses of this one.
    A row about a place is right if that place and house is the answer, or honestly among the candidates; a
    house unknown elsewhere may be found if its number is the typed one. Two more kinds of rows are skipped:
    those about no place in particular that expect ``ambiguous`` or ``house_unknown``, and those where the
    answer is a place whose own name was typed, while the expected place has it as an old name or not at all.
    """
    judge = _Judge(finder, is_own=is_own)
    judged: dict[str, list[tuple[CorpusRow, Verdict]]] = {}
    wrong = []
    for done, row in enumerate(rows, 1):
        answer = None if judge.must_skip(row) else finder.by_address(row.query)
        verdict: Verdict = "skipped" if answer is None else judge.verdict(row, answer)
        judged.setdefault(row.group, []).append((row, verdict))
        if answer is not None and verdict in _NOT_RIGHT:
            wrong.append(WrongRow(row, _in_words(answer), verdict == "wrong_as_found"))
        if progress is not None:
            progress(done)
    total = _figures("", [pair for of_class in judged.values() for pair in of_class])
    known = {"", *(district.code for district in finder.campaign.districts)}
    unknown = dict.fromkeys(row.district for row in rows if row.district not in known)
    classes = tuple(_figures(*item) for item in judged.items())
    return EvaluationReport(classes, total, tuple(wrong), tuple(unknown))


def _figures(name: str, judged: Sequence[tuple[CorpusRow, Verdict]]) -> ClassFigures:
    verdicts = [verdict for _, verdict in judged if verdict != "skipped"]
    expecting = [verdict for row, verdict in judged if verdict != "skipped" and row.status == "found"]
    return ClassFigures(
        name,
        rows=len(verdicts),
        right=sum(verdict not in _NOT_RIGHT for verdict in verdicts),
        expecting_found=len(expecting),
        found=expecting.count("found"),
        first_candidate=expecting.count("candidate"),
        wrong_as_found=verdicts.count("wrong_as_found"),
        skipped=len(judged) - len(verdicts),
    )


def _in_words(answer: Resolution) -> str:
    """Return the status of an answer and what it names."""
    named = [answer.place.label("ru")] if answer.place is not None else []
    if answer.precinct is not None:
        named.append(f"precinct {answer.precinct.number}")
    candidates = [candidate.label("ru") for candidate in answer.candidates[:_MOST_SHOWN]]
    words = [*named, *(["candidates " + "; ".join(candidates)] if candidates else [])]
    return f"{answer.status}: {', '.join(words)}" if words else answer.status


class _Judge:
    """Compares answers of one campaign with what is expected.

    Parameters
    ----------
    finder
        Of the campaign.
    is_own
        Whether the corpus was written for it.
    """

    def __init__(self, finder: Finder, *, is_own: bool) -> None:
        self._is_own = is_own
        self._campaign = finder.campaign
        self._houses = finder.one_box.addresses.houses
        self._places: dict[tuple[str, str], list[Place]] = {}
        for place in finder.campaign.places:
            for name in _judged_names(place):
                self._places.setdefault((place.kind, self._key(name)), []).append(place)
        self._stations = {skeleton(s.names.ru or "") for s in finder.campaign.stations}

    def must_skip(self, row: CorpusRow) -> bool:
        """Return whether a row cannot be judged with this campaign."""
        if row.kind == "precinct":
            return int(row.name) not in self._campaign.precincts_by_number
        if row.kind == "station":
            return skeleton(row.name) not in self._stations
        if row.kind == "":
            return not self._is_own and row.status in {"ambiguous", "house_unknown"}
        return row.kind != "point" and not any(self._has(place, row) for place in self._of(row))

    def verdict(self, row: CorpusRow, answer: Resolution) -> Verdict:
        """Return whether an answer is what a row expects."""
        if row.status == "found" or answer.status == "found":
            return self._of_found(row, answer)
        candidates = answer.candidates
        if answer.status != row.status and (self._is_own or row.kind in {"", "precinct", "point"}):
            return "wrong"
        if row.kind in {"", "precinct", "point"}:
            return "right"
        is_meant = self._is_meant(row, answer) or any(self._is_candidate(row, one) for one in candidates)
        return "right" if is_meant else "wrong"

    def _of_found(self, row: CorpusRow, answer: Resolution) -> Verdict:
        """Return the verdict where ``found`` is expected or given."""
        candidates = answer.candidates
        if answer.status == "found":
            is_right = self._is_meant(row, answer) and (row.status == "found" or self._is_typed(row, answer))
            return "found" if is_right else "skipped" if self._is_namesake(row, answer) else "wrong_as_found"
        if answer.status not in {"ambiguous", "house_unknown"}:
            return "wrong"
        if self._is_meant(row, answer) or (candidates and self._is_candidate(row, candidates[0])):
            return "candidate"
        is_honest = answer.status == "ambiguous" and any(self._is_candidate(row, one) for one in candidates)
        return "right" if is_honest and not self._is_own else "wrong"

    def _is_typed(self, row: CorpusRow, answer: Resolution) -> bool:
        """Return whether a house that is not expected is known to another campaign, and was typed so."""
        if self._is_own or answer.place is None or answer.place.number is None:
            return False
        typed = {canonical(number) for number in _TYPED_NUMBER.findall(row.query)}
        return canonical(answer.place.number) in typed

    def _is_namesake(self, row: CorpusRow, answer: Resolution) -> bool:
        """Return whether the typed name is that of another place here, and not the expected one's own."""
        if self._is_own or answer.place is None:
            return False
        typed = f" {skeleton(row.query)} "
        own = (f" {skeleton(name)} " for name in _judged_names(answer.place.place))
        return f" {skeleton(row.name)} " not in typed and any(name in typed for name in own)

    def _is_meant(self, row: CorpusRow, answer: Resolution) -> bool:
        """Return whether an answer itself is about what a row expects; another status is no matter."""
        if row.kind == "point":
            return answer.point is not None and answer.place is None
        if row.kind == "precinct":
            return answer.precinct is not None and answer.precinct.number == int(row.name)
        if row.kind == "station":
            names = {skeleton(one.station.names.ru or "") for one in answer.stations}
            return answer.place is None and skeleton(row.name) in names
        return answer.place is not None and self._is_place(row, answer.place)

    def _is_candidate(self, row: CorpusRow, candidate: CandidateAnswer) -> bool:
        if row.kind == "station":
            station = None if candidate.precinct is None else candidate.precinct.station
            return station is not None and skeleton(station.names.ru or "") == skeleton(row.name)
        return candidate.place is not None and self._is_place(row, candidate.place)

    def _is_place(self, row: CorpusRow, given: PlaceAnswer) -> bool:
        """Return whether place, district and, if one is expected, house are those of a row."""
        if all(place.id != given.place.id for place in self._of(row)):
            return False
        if row.house and (given.number is None or canonical(given.number) != canonical(row.house)):
            return False
        districts = given.place.districts if given.house is None else (given.house.district,)
        return row.district in ("", *districts)

    def _of(self, row: CorpusRow) -> list[Place]:
        return self._places.get((row.kind, self._key(row.name)), [])

    def _key(self, name: str) -> str:
        """Return what names of one place share; another campaign may spell them with other endings."""
        if self._is_own:
            return skeleton(name)
        return " ".join(stem(cyrillic(word)) for word in plain(name).split())

    def _has(self, place: Place, row: CorpusRow) -> bool:
        """Return whether a place of the expected name has the expected house, in the expected district."""
        if not row.house:
            return row.district in ("", *place.districts)
        houses = self._houses.of_place(place.id).get(canonical(row.house), ())
        return any(row.district in ("", house.district) for house in houses)


def _judged_names(place: Place) -> set[str]:
    """Return the names by which a corpus knows a place: the Russian one, else all."""
    names = place.names
    return {names.ru} if names.ru else {name for name in (names.kk, names.en) if name}
