"""The quality report of a campaign: findings, what of them is accepted, measures, and a traffic light."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geo_service.campaign.file import CampaignFile
from geo_service.campaign.finding_codes import FINDING_CODES
from geo_service.campaign.model import Campaign, Finding, Language
from geo_service.campaign.summary import SEVERITIES, district_names, finding_dict, findings_by_severity
from geo_service.quality.accepted import Accepted, apply_accepted
from geo_service.quality.checks import CHECKED_CODES, run_checks
from geo_service.quality.measures import LIGHTS, Light, Measure, measures_of
from geo_service.quality.survey import Survey
from geo_service.quality.where import size_of, where_of

__all__ = ["Light", "QualityReport", "campaign_report", "judged", "quality_report", "report_dict"]

_CODES = list(FINDING_CODES)


@dataclass(frozen=True, slots=True)
class QualityReport:
    """What there is to say about a campaign's quality.

    Parameters
    ----------
    light
        ``red``: not to be published as it is: an error stands, or a measure is below 75 %. ``yellow``: a
        warning stands, or a measure is below 95 %. ``green``: nothing to do.
    findings
        Those that stand, the worst first.
    accepted
        Those that somebody accepted, each with who and why; they do not count for the light.
    measures
        Shares of what is as it should be.
    """

    light: Light
    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, Accepted], ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many findings stand, by code, in their order."""
        return dict(Counter(finding.code for finding in self.findings))


def quality_report(
    file: CampaignFile, accepted: Sequence[Accepted] = (), today: dt.date | None = None
) -> QualityReport:
    """Return the quality report of a campaign file.

    Parameters
    ----------
    file
        A verified campaign file.
    accepted
        Findings that somebody accepted; see `geo_service.quality.accepted.load_accepted`.
    today
        The day of the report. None leaves out what depends on it: a vote that is past, data of a day to
        come, and whether an acceptance has expired.
    """
    return campaign_report(file.campaign, file.findings, accepted, today)


def campaign_report(
    campaign: Campaign,
    noticed: Iterable[Finding] = (),
    accepted: Sequence[Accepted] = (),
    today: dt.date | None = None,
) -> QualityReport:
    """Return the quality report of a campaign; see `quality_report`.

    Parameters
    ----------
    campaign
        The campaign.
    noticed
        What its build noticed. Of what the checks find, only the file and row that it names are used: the
        checks are made anew.
    accepted, today
        See `quality_report`.
    """
    survey = Survey(campaign)
    noticed = list(noticed)
    origins = {(item.code, where_of(item)): item for item in noticed if item.code in CHECKED_CODES}
    found = [item for item in noticed if item.code not in CHECKED_CODES]
    found += [_with_origin(item, origins) for item in run_checks(survey, today)]
    return judged(survey, found, accepted, today)


def judged(
    survey: Survey,
    findings: Iterable[Finding],
    accepted: Sequence[Accepted] = (),
    today: dt.date | None = None,
) -> QualityReport:
    """Return the report of findings that have just been made; see `quality_report`.

    Parameters
    ----------
    survey
        Of the campaign.
    findings
        All of them, those of the checks included.
    accepted, today
        See `quality_report`.
    """
    standing, left_out = apply_accepted(findings, accepted, today)
    measures = measures_of(survey)
    return QualityReport(
        _light(standing, measures),
        tuple(sorted(standing, key=_rank)),
        tuple(sorted(left_out, key=lambda pair: _rank(pair[0]))),
        measures,
    )


def report_dict(report: QualityReport, campaign: Campaign, language: Language) -> dict[str, Any]:
    """Return a report in its JSON form.

    Parameters
    ----------
    report
        Of the campaign.
    campaign
        Tells the names of its districts.
    language
        Of the texts.
    """
    names = district_names(campaign)

    def entry(finding: Finding) -> dict[str, Any]:
        return {
            **finding_dict(finding, language, districts=names),
            "where": where_of(finding),
            "size": size_of(finding),
            "position": None
            if finding.position is None
            else dict(zip(("lon", "lat"), finding.position, strict=True)),
        }

    return {
        "light": report.light,
        "by_severity": findings_by_severity(report.findings),
        "by_code": report.counts,
        "measures": [
            {
                "name": item.name,
                "good": round(item.good, 1),
                "total": round(item.total, 1),
                "share": round(item.share, 4),
                "light": item.light,
            }
            for item in report.measures
        ],
        "findings": [entry(finding) for finding in report.findings],
        "accepted": [
            {
                **entry(finding),
                "reason": by.reason,
                "author": by.author,
                "date": by.date.isoformat(),
                "expires": by.expires.isoformat(),
            }
            for finding, by in report.accepted
        ],
    }


def _with_origin(finding: Finding, origins: dict[tuple[str, str], Finding]) -> Finding:
    noticed = origins.get((finding.code, where_of(finding)))
    return replace(finding, file=noticed.file, item=noticed.item) if noticed else finding


def _light(findings: Iterable[Finding], measures: Iterable[Measure]) -> Light:
    of_findings: dict[str, Light] = {"error": "red", "warning": "yellow", "information": "green"}
    lights: list[Light] = [of_findings[finding.severity] for finding in findings]
    lights += [measure.light for measure in measures]
    return max(lights, key=LIGHTS.index, default="green")


def _rank(finding: Finding) -> tuple[int, int, int, float]:
    """Order by severity, then by kind, then by precinct, the largest first."""
    kind = _CODES.index(finding.code) if finding.code in FINDING_CODES else len(_CODES)
    return SEVERITIES.index(finding.severity), kind, finding.precinct or 0, -(size_of(finding) or 0.0)
