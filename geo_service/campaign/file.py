"""Read and write the campaign file: one GeoPackage that holds all of a campaign.

Reading uses the standard library's SQLite and shapely only, so that a serving process needs no GDAL and no
pandas. Every open verifies the content: it hashes to what the file says, or the file is refused.
"""

from __future__ import annotations

import dataclasses
import os
import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import shapely

from boundaries.errors import IndexFormatError
from boundaries.index import PrecinctIndex
from boundaries.precincts import round_coordinates
from geo_service.campaign.content_hash import content_hash, findings_hash, info_values
from geo_service.campaign.model import Campaign, Finding
from geo_service.campaign.reader import ForeignValueError, from_json, read_artefact, read_findings, read_rows
from geo_service.campaign.schema import READ_VERSIONS, format_version
from geo_service.errors import CampaignVersionError, DamagedCampaignError, NotACampaignError, StoreError

_VERSIONS = ", ".join(map(str, READ_VERSIONS))
INDEX_ARTEFACT = "precinct_index"

_GEOPACKAGE_ID = 0x47504B47  # "GPKG", OGC 12-128r18, requirement 2
_DAMAGED_REMEDY = "Copy the file again from where it was built, or build it again."
# No other GeoPackage has these three; of the layers somebody may have taken one out.
_OWN_TABLES = {"campaign", "findings", "artefacts"}
# Any of these, met while reading, means that what stands in the file is not what was written.
_UNREADABLE = (
    ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError, shapely.errors.GEOSException,
)  # fmt: skip


@dataclass(frozen=True)
class CampaignFile:
    """A verified campaign file.

    Parameters
    ----------
    path
        Where it was read.
    campaign
        Its content.
    content_hash
        SHA-256 of the content, hexadecimal.
    findings
        What the build noticed.
    index
        The precinct index, loaded from the file or built if the file holds none.
    """

    path: Path
    campaign: Campaign
    content_hash: str
    findings: tuple[Finding, ...]
    index: PrecinctIndex


def open_campaign(path: str | os.PathLike[str]) -> CampaignFile:
    """Read a campaign file and verify its content.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    CampaignFile

    Raises
    ------
    geo_service.errors.NotACampaignError
        If the file is missing, no GeoPackage, or a GeoPackage of something else.
    geo_service.errors.CampaignVersionError
        If its format version is not the one this program reads.
    geo_service.errors.DamagedCampaignError
        If it cannot be read, or its content does not match its hash: damaged, or edited.
    """
    path = Path(path)
    _check_header(path)
    with _reading(path) as database:
        facts = _read_facts(database, path)
        try:
            # Damaged coordinates may be of any size; the hash refuses them, numpy need not warn of them.
            with np.errstate(over="ignore", invalid="ignore"):
                campaign = read_rows(database, facts["info"], facts["format_version"])
                findings = read_findings(database)
                index_data = read_artefact(database, INDEX_ARTEFACT)
                verified = (
                    content_hash(campaign) == facts["content_hash"]
                    and findings_hash(findings) == facts["findings_hash"]
                )
        except ForeignValueError:
            verified = False
        except _UNREADABLE as error:
            raise DamagedCampaignError(
                f"The campaign file cannot be read ({error}).", _DAMAGED_REMEDY, file=path.name
            ) from error
    if not verified:
        raise DamagedCampaignError(
            "The content does not match the file's hash: it is damaged, or was edited.",
            "If you edited it on purpose, name it as a source in a recipe and build; else: "
            + _DAMAGED_REMEDY,
            file=path.name,
        )
    return CampaignFile(path, campaign, facts["content_hash"], findings, _index(campaign, index_data, path))


def write_campaign(
    path: str | os.PathLike[str],
    campaign: Campaign,
    *,
    findings: Sequence[Finding] = (),
) -> str:
    """Write a campaign file; an existing file is replaced only by a complete and verified new one.

    Parameters
    ----------
    path
        The file to write.
    campaign
        The content. What a reader gets has its coordinates rounded to 7 decimals.
    findings
        What the build noticed.

    Returns
    -------
    str
        The content hash.

    Raises
    ------
    geo_service.errors.StoreError
        If there is no such folder, it cannot be written, or something else than a campaign file has the
        name.
    """
    from geo_service.campaign.writer import (  # noqa: PLC0415 - loads pandas, which readers avoid
        WRITE_ERRORS,
        write_layers,
        write_tables,
    )

    path = Path(path)
    check_target(path)
    facts = {
        "format_version": format_version(campaign),
        "content_hash": content_hash(campaign),
        "findings_hash": findings_hash(findings),
        "info": info_values(campaign.info),
    }
    artefacts = {INDEX_ARTEFACT: _built_index(campaign).to_bytes()}
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial.gpkg")
    partial.unlink(missing_ok=True)  # of a killed process of the same number
    try:
        write_layers(partial, campaign)
        write_tables(partial, facts, findings, artefacts)
        open_campaign(partial)  # a file that cannot be read back must not replace one that can
        partial.replace(path)
    # GDAL, SQLite and the system each have their own word for a disk that is full.
    except WRITE_ERRORS as error:
        raise StoreError(
            f"The campaign file cannot be written ({error}).",
            "Check that the disk has room and that you may write there.",
            file=str(path),
        ) from error
    finally:
        partial.unlink(missing_ok=True)
        partial.with_name(partial.name + "-journal").unlink(missing_ok=True)
    return str(facts["content_hash"])


def check_target(path: Path) -> None:
    """Refuse a path that no campaign file should be written to, before any work is done for it.

    Only a campaign file, damaged in its content or not, or an empty file may stand there already: anything
    else is somebody's data, a source perhaps.

    Raises
    ------
    geo_service.errors.StoreError
        If there is no such folder, it cannot be written, or something else than a campaign file has the
        name.
    """
    if path.is_dir():
        raise StoreError("This is a folder.", "Name a file in it.", file=str(path))
    if path.exists() and not _may_be_replaced(path):
        raise StoreError(
            "The file exists and is no campaign file: writing would destroy it.",
            "Name another file to write, or delete or move this one if nobody needs it.",
            file=str(path),
        )
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise StoreError(
            "The file cannot be written: its folder is missing or read-only.",
            "Make the folder, or name another one.",
            file=str(path),
        )


def _may_be_replaced(path: Path) -> bool:
    try:
        if path.stat().st_size == 0:
            return True
        _check_header(path)
        with _reading(path) as database:
            return _tables(database) >= _OWN_TABLES
    except (OSError, NotACampaignError, DamagedCampaignError):
        return False


def _check_header(path: Path) -> None:
    remedy = "Name a campaign file made by `geo-service build` or `geo-service sample`."
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise NotACampaignError(
            f"The file cannot be opened ({error.strerror}).", remedy, file=str(path)
        ) from error
    if header[:16] != b"SQLite format 3\0" or len(header) < 100:  # noqa: PLR2004 - the size of SQLite's header
        raise NotACampaignError("This is not a GeoPackage.", remedy, file=path.name)
    if struct.unpack(">I", header[68:72])[0] != _GEOPACKAGE_ID:
        raise NotACampaignError("This is an SQLite file, but not a GeoPackage.", remedy, file=path.name)


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file for reading; what SQLite cannot read is a damaged file."""
    uri = f"file:{quote(os.fsencode(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as database:
            yield database
    # SQLite names damaged tables and columns in its messages, which then are no UTF-8.
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise DamagedCampaignError(
            f"The campaign file cannot be read ({error}).", _DAMAGED_REMEDY, file=path.name
        ) from error


def _tables(database: sqlite3.Connection) -> set[str]:
    return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _read_facts(database: sqlite3.Connection, path: Path) -> dict[str, Any]:
    """Return the ``campaign`` table as a dictionary."""
    if "campaign" not in _tables(database):
        raise NotACampaignError(
            "This GeoPackage holds no campaign.",
            "Name a campaign file made by `geo-service build` or `geo-service sample`.",
            file=path.name,
        )
    try:
        facts = {key: from_json(value) for key, value in database.execute("SELECT key, value FROM campaign")}
        version = facts["format_version"]
        missing = {"content_hash", "findings_hash", "info"} - facts.keys()
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedCampaignError(
            "The table of the campaign's facts cannot be read.", _DAMAGED_REMEDY, file=path.name
        ) from error
    if version not in READ_VERSIONS:
        raise CampaignVersionError(
            f"The file has format version {version}; this program reads versions {_VERSIONS}.",
            "Build the campaign again with this version of geo-service.",
            file=path.name,
        )
    if missing:
        raise DamagedCampaignError(
            f"The campaign's facts lack {', '.join(sorted(missing))}.", _DAMAGED_REMEDY, file=path.name
        )
    return facts


def _index(campaign: Campaign, data: bytes | None, path: Path) -> PrecinctIndex:
    polygons = campaign.polygons()
    if data is None:
        return PrecinctIndex(polygons)
    try:
        return PrecinctIndex.from_bytes(data, polygons)
    except IndexFormatError as error:
        raise DamagedCampaignError(error.problem, _DAMAGED_REMEDY, file=path.name) from error


def _built_index(campaign: Campaign) -> PrecinctIndex:
    """Return the index of the polygons as a reader will get them."""
    return PrecinctIndex(
        dataclasses.replace(polygon, geometry=round_coordinates(polygon.geometry))
        for polygon in campaign.polygons()
    )
