"""A quality report in a reader's words: what its text, sheet, page and map all show."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent

from boundaries.quality import point_within
from geo_service.campaign.model import Campaign, Finding, Language, Severity
from geo_service.campaign.summary import SEVERITIES, district_names, finding_text, findings_by_severity
from geo_service.quality.measures import Light, Measure
from geo_service.quality.report import QualityReport
from geo_service.quality.where import size_of, where_of
from geo_service.translations import catalogue, day_text, text

_SQUARE_METRES = frozenset({"city_covered"})


@dataclass(frozen=True, slots=True)
class Row:
    """One finding.

    Parameters
    ----------
    number
        In the report, from 1.
    finding
        The finding.
    text
        What it says.
    where, size
        By which it can be accepted; see `geo_service.quality.where`.
    position
        Longitude and latitude to look at on a map: its own, or of the precinct or district that it is about.
    accepted
        Who accepts it and why; None if nobody does.
    """

    number: int
    finding: Finding
    text: str
    where: str
    size: float | None
    position: tuple[float, float] | None
    accepted: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one code; ``advice`` says what to do, None if the catalogues do not tell."""

    code: str
    severity: Severity
    advice: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure: what it measures, its figures, its share and its colour in words."""

    label: str
    figures: str
    share: str
    light: Light
    colour: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A whole report.

    Parameters
    ----------
    light, verdict
        The colour, and what it means.
    measures
        The shares.
    counts
        How many findings stand, by severity, in words; severities without any are left out.
    groups, accepted
        Findings that stand, and those that are accepted, by code.
    """

    light: Light
    verdict: str
    measures: tuple[MeasureLine, ...]
    counts: tuple[str, ...]
    groups: tuple[Group, ...]
    accepted: tuple[Group, ...]


def report_view(report: QualityReport, campaign: Campaign, language: Language) -> ReportView:
    """Return a report in a language.

    Parameters
    ----------
    report
        Of the campaign.
    campaign
        Tells names and positions of what the findings are about.
    language
        Of the words.
    """
    writer = _Writer(campaign, language)
    counts = findings_by_severity(report.findings)
    return ReportView(
        report.light,
        text(f"quality.{report.light}", language),
        tuple(measure_line(measure, language) for measure in report.measures),
        tuple(
            text(f"severity.{severity}", language, count=format_decimal(counts[severity], locale=language))
            for severity in SEVERITIES
            if counts[severity]
        ),
        writer.groups(writer.row(finding) for finding in report.findings),
        writer.groups(
            writer.row(
                finding,
                text(
                    "quality.accepted_by",
                    language,
                    author=by.author,
                    reason=by.reason,
                    date=day_text(by.date.isoformat(), language),
                    expires=day_text(by.expires.isoformat(), language),
                ),
            )
            for finding, by in report.accepted
        ),
    )


def advice_of(code: str, language: Language) -> str | None:
    """Return what to do about findings of a code; None if the catalogues do not tell."""
    key = f"advice.{code}"
    return text(key, language) if key in catalogue(language) else None


def measure_line(measure: Measure, language: Language) -> MeasureLine:
    """Return a measure in words; areas are km²."""
    unit, form = (1e6, "#,##0.0") if measure.name in _SQUARE_METRES else (1, "#,##0")
    good, total = (format_decimal(n / unit, form, locale=language) for n in (measure.good, measure.total))
    # A share that is not whole must not be rounded to 100 %.
    share = int(measure.share * 1000) / 1000
    return MeasureLine(
        text(f"measure.{measure.name}", language),
        text("quality.of", language, good=good, total=total),
        format_percent(share, "#,##0.#\N{NO-BREAK SPACE}%", locale=language),
        measure.light,
        text(f"light.{measure.light}", language),
    )


class _Writer:
    """Puts findings into words and finds their positions."""

    def __init__(self, campaign: Campaign, language: Language) -> None:
        self._campaign = campaign
        self._language = language
        self._rows = 0
        self._names = district_names(campaign)
        self._districts = {district.code: district.geometry for district in campaign.districts}

    def row(self, finding: Finding, accepted: str | None = None) -> Row:
        words = finding_text(finding, self._language, districts=self._names)
        self._rows += 1
        return Row(
            self._rows, finding, words, where_of(finding), size_of(finding), self._position(finding), accepted
        )

    def groups(self, rows: Iterable[Row]) -> tuple[Group, ...]:
        """Return rows, which come in the order of their codes, by code."""
        parted = itertools.groupby(rows, key=lambda row: (row.finding.code, row.finding.severity))
        return tuple(
            Group(code, severity, advice_of(code, self._language), tuple(group))
            for (code, severity), group in parted
        )

    def _position(self, finding: Finding) -> tuple[float, float] | None:
        if finding.position is not None:
            return finding.position
        precinct = self._campaign.precincts_by_number.get(finding.precinct or 0)
        if precinct is not None and precinct.geometry is not None:
            return point_within(precinct.geometry)
        station = self._campaign.stations_by_precinct.get(finding.precinct or 0)
        if station is not None and station.lon is not None and station.lat is not None:
            return station.lon, station.lat
        district = self._districts.get(finding.values.get("district", ""))
        return None if district is None else point_within(district)
