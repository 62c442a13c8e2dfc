"""Every error that a user can cause, and the one table that maps errors to HTTP statuses.

Each says what was wrong, where, and what to do; see `boundaries.errors.GeoServiceError`.
"""

from __future__ import annotations

from http import HTTPStatus

from boundaries.errors import CoordinateError, GeometryError, GeoServiceError, IndexFormatError

__all__ = [
    "AcceptanceError",
    "AmendmentError",
    "BusyError",
    "CampaignNotFoundError",
    "CampaignVersionError",
    "CoordinateError",
    "DamagedCampaignError",
    "GeoServiceError",
    "GeometryError",
    "IndexFormatError",
    "NoCampaignError",
    "NotACampaignError",
    "PrecinctNotFoundError",
    "QueryError",
    "RecipeError",
    "SettingError",
    "SourceError",
    "StoreError",
    "http_status",
]


class NotACampaignError(GeoServiceError):
    """A file is missing, no GeoPackage, or a GeoPackage of something else."""


class DamagedCampaignError(GeoServiceError):
    """A campaign file's content does not match its hash, or cannot be read."""


class CampaignVersionError(GeoServiceError):
    """A campaign file has a format version that this program does not read."""


class NoCampaignError(GeoServiceError):
    """No campaign is published and none was named."""


class AmendmentError(GeoServiceError):
    """An amendment changes nothing, is not possible, or does not say clearly what it is about."""


class CampaignNotFoundError(GeoServiceError):
    """No campaign of an id or hash is in the archive."""


class BusyError(GeoServiceError):
    """The service does something just now that only one request at a time may ask for."""


class StoreError(GeoServiceError):
    """The store or a file cannot be written, or what was asked would lose something."""


class RecipeError(GeoServiceError):
    """A recipe is not TOML, or a key in it is missing, unknown or wrong."""


class SourceError(GeoServiceError):
    """A source file cannot be read, or a value in it cannot be used."""


class AcceptanceError(GeoServiceError):
    """A file of accepted findings is not TOML, or an entry in it is incomplete, doubled or wrong."""


class SettingError(GeoServiceError):
    """A setting is unknown or its value is wrong."""


class QueryError(GeoServiceError):
    """A query over HTTP or on the command line is no query: missing, not a number, out of range."""


class PrecinctNotFoundError(GeoServiceError):
    """A precinct number that the campaign does not have."""


_STATUSES: dict[type[GeoServiceError], HTTPStatus] = {
    PrecinctNotFoundError: HTTPStatus.NOT_FOUND,
    CampaignNotFoundError: HTTPStatus.NOT_FOUND,
    QueryError: HTTPStatus.UNPROCESSABLE_ENTITY,
    CoordinateError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NoCampaignError: HTTPStatus.SERVICE_UNAVAILABLE,
    BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
}


def http_status(error: GeoServiceError) -> HTTPStatus:
    """Return the HTTP status of an error: that of its nearest class in the table, else 500."""
    for kind in type(error).__mro__:
        if kind in _STATUSES:
            return _STATUSES[kind]
    return HTTPStatus.INTERNAL_SERVER_ERROR
