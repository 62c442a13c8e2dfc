"""The one shape of an error: problem details, RFC 9457."""

from __future__ import annotations

import re
from http import HTTPStatus

import orjson
from flask import Response, request

from geo_service.errors import GeoServiceError, http_status

PROBLEM = "application/problem+json"
#: Type of a problem that its status says everything about, RFC 9457, section 4.2.1.
BLANK = "about:blank"

_DETAILS = {
    HTTPStatus.NOT_FOUND: (
        "There is nothing at this address.",
        "See /api/v1/openapi.json for what there is.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: ("This method is not allowed here.", "The API is read with GET."),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "The service failed to answer; the fault is not in the request.",
        "Try again; if it happens again, tell the operator of the service the time and the address.",
    ),
}


def problem_of_error(error: GeoServiceError) -> Response:
    """Return the problem of an error: its own words, and the status that the table of errors gives."""
    status = http_status(error)
    return _problem(
        status,
        kind=problem_type(type(error)),
        title=_title(type(error)),
        detail=error.problem,
        remedy=error.remedy,
        field=error.place.field,
    )


def problem_of_status(status: HTTPStatus) -> Response:
    """Return the problem of a plain HTTP error."""
    detail, remedy = _DETAILS.get(status, (status.description or status.phrase, None))
    return _problem(status, kind=BLANK, title=status.phrase, detail=detail, remedy=remedy)


def problem_type(error: type[GeoServiceError]) -> str:
    """Return the type of an error's problems: ``CoordinateError`` is ``urn:geo-service:coordinate``."""
    return f"urn:geo-service:{'-'.join(_words(error))}"


def _title(error: type[GeoServiceError]) -> str:
    return f"{' '.join(_words(error)).capitalize()} error"


def _words(error: type[GeoServiceError]) -> list[str]:
    return [word.lower() for word in re.findall("[A-Z][a-z]*", error.__name__.removesuffix("Error"))]


def _problem(
    status: HTTPStatus, *, kind: str, title: str, detail: str, remedy: str | None, field: str | None = None
) -> Response:
    body = {"type": kind, "title": title, "status": status.value, "detail": detail}
    optional = (("instance", _instance()), ("field", field), ("remedy", remedy))
    body |= {name: value for name, value in optional if value}
    response = Response(orjson.dumps(body), status=status, mimetype=PROBLEM)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "5"
    response.headers["Cache-Control"] = "no-store"
    return response


def _instance() -> str | None:
    """Return the path that was asked for, up to its first argument; None if there is nothing at it.

    Nothing that was typed is repeated: somebody's number may stand in the path, too.
    """
    return None if request.url_rule is None else request.url_rule.rule.partition("<")[0]
