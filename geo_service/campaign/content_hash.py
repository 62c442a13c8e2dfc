"""The content hash: one value for what a campaign says, whatever file or format it came from.

It covers every row of the model, with coordinates as whole ten-millionths of a degree. It does not cover
findings, artefacts, file names and times, nor the order of rows, of a polygon's parts, of a ring's vertices,
nor whether a geometry of one part is called a multi-geometry.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from boundaries.precincts import DECIMALS, without_needless_multi
from geo_service.campaign.model import Campaign, CampaignInfo, Finding
from geo_service.campaign.names import NO_NAMES
from geo_service.campaign.rules import rules_to
from geo_service.campaign.schema import Layer, Row, written_layers


def content_hash(campaign: Campaign) -> str:
    """Return the content hash (SHA-256, hexadecimal) of a campaign."""
    digest = hashlib.sha256(_info_bytes(campaign.info))
    for layer in written_layers(campaign):
        pairs = [layer.to_row(item) for item in getattr(campaign, layer.name)]
        digest.update(layer_digest(layer, [row for row, _ in pairs], [geometry for _, geometry in pairs]))
    return digest.hexdigest()


def layer_digest(layer: Layer, rows: Sequence[Row], geometries: Sequence[Any]) -> bytes:
    """Return the digest of one layer's rows."""
    tokens = _point_tokens(geometries) if layer.geometry == "Point" else _geometry_tokens(geometries)
    # orjson gives short texts buffers of a kilobyte; a copy has its own length only.
    lines = sorted(
        memoryview(orjson.dumps((row, token))).tobytes() for row, token in zip(rows, tokens, strict=True)
    )
    digest = hashlib.sha256(layer.name.encode())
    for line in lines:
        digest.update(line)
    return digest.digest()


def findings_hash(findings: Iterable[Finding]) -> str:
    """Return the hash of findings in their order."""
    return hashlib.sha256(orjson.dumps(list(findings), option=orjson.OPT_SORT_KEYS)).hexdigest()


def info_values(info: CampaignInfo) -> dict[str, Any]:
    """Return the vote itself as the campaign file keeps it and its hash covers it."""
    values = {**dataclasses.asdict(info), "rules": rules_to(info.rules)}
    if info.source_names == NO_NAMES:
        # As it was before a source could have names, so that such campaigns keep their hashes.
        del values["source_names"]
    return values


def _info_bytes(info: CampaignInfo) -> bytes:
    return orjson.dumps(info_values(info), option=orjson.OPT_SORT_KEYS)


def _point_tokens(positions: Sequence[tuple[float, float] | None]) -> list[list[int] | None]:
    known = np.array([position or (0.0, 0.0) for position in positions], float).reshape(-1, 2)
    whole = _whole_units(known).astype(np.int64).tolist()
    return [units if position else None for units, position in zip(whole, positions, strict=True)]


def _geometry_tokens(geometries: Sequence[BaseGeometry | None]) -> list[str | None]:
    return [None if geometry is None else _geometry_digest(geometry) for geometry in geometries]


def _geometry_digest(geometry: BaseGeometry) -> str:
    units = shapely.transform(without_needless_multi(geometry), _whole_units)
    canonical = shapely.normalize(units)
    return hashlib.sha256(shapely.to_wkb(canonical, byte_order=1)).hexdigest()


def _whole_units(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    units: NDArray[np.float64] = np.rint(coordinates * 10**DECIMALS)
    return units + 0.0  # which makes -0.0 into 0.0
