"""What an evaluation came to: figures by class, and the rows that were answered wrongly."""

from __future__ import annotations

from dataclasses import dataclass

from geo_service.evaluation.corpus import CorpusRow


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Figures of one class of queries, or of all.

    Parameters
    ----------
    name
        Of the class; empty for all.
    rows
        How many were judged.
    right
        How many of them were answered rightly.
    expecting_found
        How many expect ``found``; of these ``found`` are right and found, and ``first_candidate`` are right
        because the first candidate to choose from is the house that is meant.
    wrong_as_found
        How many were answered with ``found``, and that is wrong.
    skipped
        How many were not judged: the campaign lacks what they ask for. They are not among ``rows``.
    """

    name: str
    rows: int
    right: int
    expecting_found: int
    found: int
    first_candidate: int
    wrong_as_found: int
    skipped: int

    @property
    def share_right(self) -> float | None:
        """Share of the judged rows that are right; None without any."""
        return self.right / self.rows if self.rows else None

    @property
    def share_at_first(self) -> float | None:
        """Share of the rows expecting ``found`` answered so or at first choice; None without any."""
        at_first = self.found + self.first_candidate
        return at_first / self.expecting_found if self.expecting_found else None


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that was answered wrongly; ``given`` is the answer in words for a report."""

    row: CorpusRow
    given: str
    is_wrong_as_found: bool


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """What an evaluation came to.

    Parameters
    ----------
    classes
        In the order of the corpus.
    total
        All classes together.
    wrong
        The rows that were answered wrongly, in the order of the corpus.
    unknown_districts
        The codes of districts that the campaign does not have, each once. Their rows are skipped, unless they
        are about no place.
    """

    classes: tuple[ClassFigures, ...]
    total: ClassFigures
    wrong: tuple[WrongRow, ...]
    unknown_districts: tuple[str, ...] = ()
