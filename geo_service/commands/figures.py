"""Counts and findings as text for people."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from geo_service.campaign.model import Finding, Language
from geo_service.campaign.summary import SEVERITIES, DistrictNames, finding_text, findings_by_severity
from geo_service.translations import text

_SHOWN_OF_A_KIND = 5

# The two kinds of precincts are shown under their sum.
_ORDER = ("districts", "precincts", "territorial", "special", "stations", "places", "houses", "aliases")
_PARTS = {"territorial", "special"}


def count_lines(counts: Mapping[str, int], language: Language) -> list[str]:
    """Return a line for each of the counts, by their names in the catalogues."""
    return [
        ("  " if name in _PARTS else "") + text(f"count.{name}", language, count=_grouped(counts[name]))
        for name in _ORDER
        if name in counts
    ]


def finding_lines(
    findings: Iterable[Finding],
    language: Language,
    *,
    every: bool = False,
    districts: DistrictNames | None = None,
) -> list[str]:
    """Return findings by severity, the worst first, and by kind.

    Parameters
    ----------
    findings
        All of them.
    language
        Of the words.
    every
        True for all; else the first few of each kind and how many more there are.
    districts
        Names of the campaign's districts by code; see `finding_text`.
    """
    ordered = sorted(findings, key=lambda finding: (SEVERITIES.index(finding.severity), finding.code))
    if not ordered:
        return [text("cli.no_findings", language)]
    counts = findings_by_severity(ordered)
    lines = []
    for severity, of_severity in itertools.groupby(ordered, key=lambda finding: finding.severity):
        lines.append(text(f"severity.{severity}", language, count=_grouped(counts[severity])))
        for _, of_kind in itertools.groupby(of_severity, key=lambda finding: finding.code):
            of_this_kind = list(of_kind)
            shown = of_this_kind if every else of_this_kind[:_SHOWN_OF_A_KIND]
            lines += [f"  {finding_text(finding, language, districts=districts)}" for finding in shown]
            if len(shown) < len(of_this_kind):
                more = _grouped(len(of_this_kind) - len(shown))
                lines.append("    " + text("cli.more", language, count=more))
    return lines


def _grouped(count: int) -> str:
    """Return a count with its thousands apart, by a space that does not break the line."""
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")
