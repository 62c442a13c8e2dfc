"""What a campaign file holds, in figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from babel.numbers import format_decimal

from geo_service.campaign.file import CampaignFile
from geo_service.campaign.model import Campaign, Finding, Language, Names, Severity
from geo_service.campaign.schema import LAYERS
from geo_service.translations import day_text, text

#: Names of districts by code.
DistrictNames = Mapping[str, Names]

# As readers and the build call records: "row 2", "feature 3 (precinct 117)".
_ITEM = re.compile(
    r"(?P<kind>row|feature) (?P<number>[0-9]+)(?: \((?:precinct [0-9]+|district (?P<district>.+))\))?"
)
# As GEOS says why a polygon is invalid, and at which longitude and latitude.
_REASON = re.compile(r"(?P<reason>[^\[]+)\[(?P<lon>[-0-9.]+) (?P<lat>[-0-9.]+)\]")
_REASONS = {
    "self-intersection": "self-intersection",
    "ring self-intersection": "ring-self-intersection",
    "hole lies outside shell": "hole-lies-outside-shell",
    "nested shells": "nested",
    "nested holes": "nested",
    "interior is disconnected": "interior-is-disconnected",
}
_MEASURES = {
    "area_m2", "area_change_m2", "percent", "width_m", "distance_m", "length_m", "voters",
}  # fmt: skip

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


def finding_text(finding: Finding, language: Language, *, districts: DistrictNames | None = None) -> str:
    """Return what a finding says, with where it was met, in a language.

    Parameters
    ----------
    finding
        Any, also one that another version of this program made.
    language
        ``kk``, ``ru`` or ``en``.
    districts
        Names of the campaign's districts by code; a district that is not there is called by its code.
    """
    reader = _Reader(language, districts or {})
    item = finding.item and reader.item(finding.item)
    place = ", ".join(part for part in (finding.file, item, finding.field) if part)
    precinct = "" if finding.precinct is None else text("cli.precinct", language, number=finding.precinct)
    where = "; ".join(part for part in (place, precinct) if part)
    try:
        words = text(f"finding.{finding.code}", language, **reader.values(finding.values))
    except KeyError:  # a file may carry findings of another version of this program
        words = finding.code
    return f"{where}: {words}" if where else words


def district_names(campaign: Campaign) -> dict[str, Names]:
    """Return the names of a campaign's districts by code."""
    return {district.code: district.names for district in campaign.districts}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads a finding: words, names and decimals are of their language."""

    language: Language
    districts: DistrictNames

    def item(self, item: str) -> str:
        """Return what a record is called: "row 2" and the like, and the district that it is about."""
        match = _ITEM.fullmatch(item)
        if match is None:
            return item
        words = text(f"item.{match['kind']}", self.language, number=match["number"])
        # Its precinct a finding tells anyway.
        return f"{words} ({self.district(match['district'])})" if match["district"] else words

    def _record(self, record: str) -> str:
        """Return what a record is called, where the file may stand before it: "b.xlsx: row 2"."""
        file, colon, item = record.rpartition(": ")
        return f"{file}{colon}{self.item(item)}"

    def district(self, code: Any) -> Any:
        """Return a district's name, or what is no code of a known one as it is."""
        names = self.districts.get(code) if isinstance(code, str) else None
        return (names and names.best(self.language)) or code

    def values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of a finding as the reader's text shows them."""
        return {name: self._value(name, value, values) for name, value in values.items()}

    def _value(self, name: str, value: Any, values: Mapping[str, Any]) -> Any:
        if name in {"layer", "language"}:
            return text(f"{name}.{value}", self.language)
        if name in {"district", "other"}:
            return self.district(value)
        if name in {"first", "rows"} and isinstance(value, str):
            return ", ".join(map(self._record, value.split(", ")))
        if name == "faults" and isinstance(value, str):
            faults = ", ".join(text(f"fault.{fault}", self.language) for fault in value.split(", "))
            return f"{faults}: {self._reason(str(values['detail']))}" if values.get("detail") else faults
        return self._figure(name, value)

    def _reason(self, detail: str) -> str:
        """Return why an outline is invalid, where GEOS says it in a way that is known."""
        match = _REASON.fullmatch(detail)
        key = match and _REASONS.get(match["reason"].casefold())
        if not match or not key:
            return detail
        reason = text(f"reason.{key}", self.language)
        return text("reason.at", self.language, reason=reason, lon=match["lon"], lat=match["lat"])

    def _figure(self, name: str, value: Any) -> Any:
        """Return a measure, a day or a name by language as the reader writes it, anything else as it is."""
        if isinstance(value, Mapping):
            return value.get(self.language)
        if name == "day" and isinstance(value, str):
            return day_text(value, self.language)
        if name in _MEASURES and isinstance(value, int | float):
            return format_decimal(value, locale=self.language, decimal_quantization=False)
        return value


def finding_dict(
    finding: Finding, language: Language, *, districts: DistrictNames | None = None
) -> dict[str, Any]:
    """Return a finding in its JSON form; for ``districts`` see `finding_text`."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "precinct": finding.precinct,
        "file": finding.file,
        "item": finding.item,
        "field": finding.field,
        "values": dict(finding.values),
        "text": finding_text(finding, language, districts=districts),
    }
