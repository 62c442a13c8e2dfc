"""Generate the sample campaign: plan, streets, houses, blocks, division, file.

The same seed and the same plan give the same content hash.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from geo_service.campaign.file import check_target, write_campaign
from geo_service.campaign.model import Campaign
from geo_service.campaign.schema import LAYERS
from geo_service.sample_city.assembly import DividedCity
from geo_service.sample_city.blocks import cut_blocks
from geo_service.sample_city.division import divide
from geo_service.sample_city.facts import sample_plan
from geo_service.sample_city.houses import place_houses
from geo_service.sample_city.minor_streets import lay_minor_streets
from geo_service.sample_city.plan import CityPlan
from geo_service.sample_city.real_layers import plan_from_layers

DEFAULT_SEED = 2026
TERRITORIAL = 582  # in the vote of March 2026

#: Called as each step begins and once at the end: name of the step, steps done, steps in all.
Progress = Callable[[str, int, int], None]

STEPS = ("plan", "streets", "houses", "blocks", "division", "write")


@dataclass(frozen=True, slots=True)
class GenerationReport:
    """What was generated: the content hash and the number of rows of each layer."""

    content_hash: str
    counts: Mapping[str, int]


def generate_sample(
    out_path: str | os.PathLike[str],
    *,
    seed: int = DEFAULT_SEED,
    streets: str | os.PathLike[str] | None = None,
    districts: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> GenerationReport:
    """Generate a sample campaign and write its file.

    Parameters
    ----------
    out_path
        The campaign file to write.
    seed
        Decides everything that is invented.
    streets, districts
        Real layers to divide instead of the built-in plan; both or none. See `plan_from_layers`.
    progress
        Told of every step of `STEPS`.

    Raises
    ------
    geo_service.errors.SourceError
        If a layer cannot be used.
    geo_service.errors.StoreError
        If the file cannot be written there.
    ValueError
        If only one layer is given.
    """
    check_target(Path(out_path))
    tell = progress or (lambda _step, _done, _total: None)
    tell("plan", 0, len(STEPS))
    if streets is not None and districts is not None:
        plan = plan_from_layers(Path(streets), Path(districts))
    elif streets is None and districts is None:
        plan = sample_plan()
    else:
        raise ValueError("streets and districts go together")
    campaign = generate_campaign(plan, seed=seed, progress=tell)
    tell("write", 5, len(STEPS))
    content_hash = write_campaign(Path(out_path), campaign)
    tell("write", len(STEPS), len(STEPS))
    return GenerationReport(
        content_hash, {layer.name: len(getattr(campaign, layer.name)) for layer in LAYERS}
    )


def generate_campaign(plan: CityPlan, *, seed: int, progress: Progress) -> Campaign:
    """Divide a planned city and return the campaign; see `generate_sample`."""
    random = np.random.default_rng(seed)
    progress("streets", 1, len(STEPS))
    if not plan.has_minor_streets:
        plan = replace(plan, streets=(*plan.streets, *lay_minor_streets(plan, random)))
    progress("houses", 2, len(STEPS))
    houses = place_houses(plan, random)
    progress("blocks", 3, len(STEPS))
    blocks = cut_blocks(plan, houses)
    progress("division", 4, len(STEPS))
    members = divide(blocks, TERRITORIAL, random)
    return DividedCity(plan, houses, blocks, members, random).campaign()
