"""The quality report as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo_service.campaign.model import Language
from geo_service.quality.view import Group, MeasureLine, ReportView
from geo_service.translations import text

_SHOWN_OF_A_KIND = 5


def report_lines(view: ReportView, language: Language, *, every: bool = False) -> list[str]:
    """Return the lines of a report, the worst first.

    Parameters
    ----------
    view
        The report in the same language.
    language
        Of the words.
    every
        True for all findings; else the first few of each kind and how many more there are.
    """
    lines = [
        *verdict_lines(view.verdict, view.measures),
        "",
        *(view.counts or [text("cli.no_findings", language)]),
    ]
    for group in view.groups:
        lines += _group_lines(group, language, every=every)
    if view.accepted:
        count = sum(len(group.rows) for group in view.accepted)
        lines += ["", text("quality.accepted", language, count=count)]
        for group in view.accepted:
            lines += _group_lines(group, language, every=every)
    return lines


def verdict_lines(verdict: str, measures: Sequence[MeasureLine]) -> list[str]:
    """Return the light and the measures: the short form."""
    width = max((len(measure.label) for measure in measures), default=0)
    return [
        verdict,
        "",
        *(
            f"  {measure.label:<{width}}  {measure.share:>7}  {measure.figures} ({measure.colour})"
            for measure in measures
        ),
    ]


def _group_lines(group: Group, language: Language, *, every: bool) -> Iterator[str]:
    severity = text(f"rank.{group.severity}", language)
    yield ""
    yield f"{severity}: {group.code} ({len(group.rows)})"
    if group.advice:
        yield f"  {group.advice}"
    shown = group.rows if every else group.rows[:_SHOWN_OF_A_KIND]
    for row in shown:
        yield f"  - {row.text}"
        if row.accepted:
            yield f"    {row.accepted}"
    if len(shown) < len(group.rows):
        yield "    " + text("cli.more", language, count=len(group.rows) - len(shown))
