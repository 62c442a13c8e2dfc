"""What a campaign file holds, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, get_args

from geo_service.campaign.file import CampaignFile
from geo_service.campaign.model import Finding, Language, Severity
from geo_service.campaign.schema import LAYERS
from geo_service.translations import text

SEVERITIES: tuple[Severity, ...] = get_args(Severity)


def campaign_counts(file: CampaignFile) -> dict[str, int]:
    """Return the rows of each layer, and how many precincts are territorial and how many special."""
    campaign = file.campaign
    kinds = Counter(precinct.kind for precinct in campaign.precincts)
    rows = {layer.name: len(getattr(campaign, layer.name)) for layer in LAYERS}
    return {**rows, "territorial": kinds["territorial"], "special": kinds["special"]}


def findings_by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity, the worst first."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def finding_text(finding: Finding, language: Language) -> str:
    """Return what a finding says, with where it was met, in a language."""
    place = ", ".join(part for part in (finding.file, finding.item, finding.field) if part)
    precinct = "" if finding.precinct is None else text("cli.precinct", language, number=finding.precinct)
    where = "; ".join(part for part in (place, precinct) if part)
    try:
        words = text(f"finding.{finding.code}", language, **_values_in_words(finding, language))
    except KeyError:  # a file may carry findings of another version of this program
        words = finding.code
    return f"{where}: {words}" if where else words


def _values_in_words(finding: Finding, language: Language) -> dict[str, Any]:
    """Return the values of a finding; names of layers and languages as words of the reader's language."""
    return {
        name: text(f"{name}.{value}", language) if name in {"layer", "language"} else value
        for name, value in finding.values.items()
    }


def finding_dict(finding: Finding, language: Language) -> dict[str, Any]:
    """Return a finding in its JSON form."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "precinct": finding.precinct,
        "file": finding.file,
        "item": finding.item,
        "field": finding.field,
        "values": dict(finding.values),
        "text": finding_text(finding, language),
    }
