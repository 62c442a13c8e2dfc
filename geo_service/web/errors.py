"""What goes wrong in a request: problem details under the API, a page with a way on elsewhere."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from geo_service.api.problems import problem_of_error, problem_of_status
from geo_service.errors import GeoServiceError, http_status
from geo_service.web.error_page import error_page

_MACHINE_PATHS = ("/api/v", "/healthz", "/readyz")


def install(app: Flask) -> None:
    """Make an application answer errors in the service's own shapes."""
    app.register_error_handler(GeoServiceError, _on_service_error)
    app.register_error_handler(HTTPException, _on_http_error)


def _on_service_error(error: GeoServiceError) -> Response:
    if _is_for_machines():
        return problem_of_error(error)
    return error_page(http_status(error))


def _on_http_error(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    response = problem_of_status(status) if _is_for_machines() else error_page(status)
    # What the error itself wants told, such as the methods that are allowed.
    for name, value in error.get_headers(request.environ):
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _is_for_machines() -> bool:
    return request.path.startswith(_MACHINE_PATHS)
