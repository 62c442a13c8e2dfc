"""Flaws planted on whole cities are found, and hardly anything else is."""

from __future__ import annotations

from collections import Counter

import pytest

from geo_service.quality.report import campaign_report
from tests.geo_service.quality.planting import KINDS, plant

FLAWS = 500
FOUND_SHARE = 0.99
INVENTED_SHARE = 0.01
# What a finding measures may change with a flaw beside it, what it is about does not.
_ABOUT = ("other", "district", "layer", "language", "numbers", "place", "houses")


def about(finding):
    values = [(name, str(finding.values[name])) for name in _ABOUT if name in finding.values]
    place = finding.position if finding.code == "polygon_spike" else None
    count = finding.values["count"] if finding.code == "names_missing" else None
    return finding.code, finding.precinct, *values, place, count


def judge(campaign, seed):
    """Return the planted flaws, those that were missed, the new findings, and those that nothing explains."""
    flawed, flaws = plant(campaign, FLAWS, seed)
    known = {about(finding) for finding in campaign_report(campaign).findings}
    new = [finding for finding in campaign_report(flawed).findings if about(finding) not in known]
    missed = [flaw for flaw in flaws if not any(flaw.finds(finding) for finding in new)]
    invented = [finding for finding in new if not any(flaw.explains(finding) for flaw in flaws)]
    return flaws, missed, new, invented


@pytest.mark.parametrize("city", ["sample_city", "real_streets_city"])
def test_report_finds_planted_flaws_and_invents_hardly_any(city, request):
    campaign = request.getfixturevalue(city).campaign

    flaws, missed, new, invented = judge(campaign, seed=4)

    assert len(flaws) == FLAWS
    assert len({flaw.kind for flaw in flaws}) == len(KINDS)
    assert len(missed) <= (1 - FOUND_SHARE) * FLAWS, Counter(flaw.kind for flaw in missed)
    assert len(invented) < INVENTED_SHARE * len(new), invented
