"""The OpenAPI 3.1 description of the API, from one table of endpoints and the models of their answers."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from http import HTTPStatus
from importlib import metadata
from typing import TYPE_CHECKING, Any

from geo_service.api.problems import PROBLEM
from geo_service.api.queries import MOST_LETTERS, MOST_SUGGESTIONS, SUGGESTIONS
from geo_service.api.responses import GEOJSON, JSON, PreparedAnswer, prepared
from geo_service.campaign.model import LANGUAGES, Language
from geo_service.translations import text

if TYPE_CHECKING:
    from pydantic import BaseModel

_UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
_NOT_FOUND = HTTPStatus.NOT_FOUND


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of an endpoint, in the path if its name stands there in braces.

    ``words`` names its text in the catalogues, where it is not the argument's own name.
    """

    name: str
    schema: dict[str, Any]
    example: Any
    required: bool = False
    words: str | None = None

    def meaning(self, language: Language) -> str:
        """Return what the argument means."""
        return text(f"page.parameter.{self.words or self.name}", language)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint: path under ``/api/v1``, and what it answers with (a name in `models`)."""

    path: str
    answer: str
    media_type: str
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[HTTPStatus, ...] = ()

    @property
    def name(self) -> str:
        """The path in words: ``/precincts/{number}`` is ``precincts_by_number``."""
        words = self.path.replace("{", "by_").replace("}", "").replace(".", "_").strip("/")
        return words.replace("/", "_")

    def summary(self, language: Language) -> str:
        """Return what the endpoint does."""
        return text(f"page.endpoint.{self.name}", language)


_LAT = {"type": "number", "minimum": -90, "maximum": 90}
_LON = {"type": "number", "minimum": -180, "maximum": 180}
_TRUE_UNLESS_SAID = {"type": "string", "enum": ["true", "false"], "default": "true"}
_FALSE_UNLESS_SAID = {**_TRUE_UNLESS_SAID, "default": "false"}
_LIMIT = {"type": "integer", "minimum": 1, "maximum": MOST_SUGGESTIONS, "default": SUGGESTIONS}
_LANGUAGE = Parameter("lang", {"type": "string", "enum": list(LANGUAGES)}, "ru")
_TEXT = {"type": "string", "maxLength": MOST_LETTERS}
_ID = {"type": "integer", "minimum": 0}
_CAMPAIGN = Parameter("campaign", {"type": "string"}, "almaty-2026")

ENDPOINTS = (
    Endpoint(
        "/locate",
        "ResolutionAnswer",
        JSON,
        (
            Parameter("lat", _LAT, 43.238949, required=True),
            Parameter("lon", _LON, 76.889709, required=True),
            _LANGUAGE,
            _CAMPAIGN,
        ),
        (_NOT_FOUND, _UNPROCESSABLE),
    ),
    Endpoint(
        "/find",
        "ResolutionAnswer",
        JSON,
        (
            Parameter("q", {**_TEXT, "minLength": 1}, "Абая 45", required=True),
            _LANGUAGE,
            Parameter("district", {"type": "string"}, "almaly"),
            Parameter("place", _ID, 1),
            Parameter("explain", _FALSE_UNLESS_SAID, "true"),
            _CAMPAIGN,
        ),
        (_NOT_FOUND, _UNPROCESSABLE),
    ),
    Endpoint(
        "/suggest",
        "SuggestionsAnswer",
        JSON,
        (
            Parameter("q", _TEXT, "Аб", words="q_so_far"),
            Parameter("lang", _LANGUAGE.schema, "ru", words="lang_of_suggestions"),
            Parameter("place", _ID, 1, words="place_of_houses"),
            Parameter("limit", _LIMIT, 5),
            _CAMPAIGN,
        ),
        (_NOT_FOUND, _UNPROCESSABLE),
    ),
    Endpoint(
        "/precincts/{number}",
        "PrecinctWithNeighboursFeature",
        GEOJSON,
        (Parameter("number", {"type": "integer"}, 123, required=True), _CAMPAIGN),
        (_NOT_FOUND,),
    ),
    Endpoint(
        "/precincts",
        "PrecinctCollection",
        GEOJSON,
        (
            Parameter("bbox", {"type": "string"}, "76.8,43.2,76.9,43.3"),
            Parameter("geometry", _TRUE_UNLESS_SAID, "false"),
            _CAMPAIGN,
        ),
        (_NOT_FOUND, _UNPROCESSABLE),
    ),
    Endpoint("/precincts.topojson", "Topology", JSON, (_CAMPAIGN,), (_NOT_FOUND,)),
    Endpoint("/stations", "StationCollection", GEOJSON, (_CAMPAIGN,), (_NOT_FOUND,)),
    Endpoint("/districts", "DistrictCollection", GEOJSON, (_CAMPAIGN,), (_NOT_FOUND,)),
    Endpoint("/campaign", "CampaignFacts", JSON, (_CAMPAIGN,), (_NOT_FOUND,)),
    Endpoint("/campaigns", "CampaignList", JSON),
    Endpoint(
        "/changes",
        "ChangeList",
        JSON,
        (Parameter("since", {"type": "string"}, "2026-03-10"), _LANGUAGE, _CAMPAIGN),
        (_NOT_FOUND, _UNPROCESSABLE),
    ),
)


@functools.cache
def openapi_answer() -> PreparedAnswer:
    """Return the description as JSON. Loads pydantic at the first call."""
    return prepared(build_document())


def build_document() -> dict[str, Any]:
    """Return the description."""
    from geo_service.api import models  # noqa: PLC0415 - pydantic is needed for this document only

    shapes: list[type[BaseModel]] = [models.Problem, *(getattr(models, e.answer) for e in ENDPOINTS)]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "geo-service",
            "version": metadata.version("geo-service"),
            "description": "Finds the polling precinct of a point. Every answer carries the hash of the "
            "campaign that it comes from in the header X-Campaign-Hash.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {endpoint.path: {"get": _operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {"schemas": _schemas(shapes)},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    answer = {
        "description": endpoint.summary("en"),
        "headers": {
            "X-Campaign-Hash": {"description": "Content hash of the campaign.", "schema": {"type": "string"}}
        },
        "content": {endpoint.media_type: {"schema": _reference(endpoint.answer)}},
    }
    problems = (*endpoint.problems, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)
    return {
        "operationId": f"get_{endpoint.name}",
        "summary": endpoint.summary("en"),
        "parameters": [_parameter(parameter, endpoint.path) for parameter in endpoint.parameters],
        "responses": {"200": answer, **{str(status.value): _problem(status) for status in problems}},
    }


def _parameter(parameter: Parameter, path: str) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "path" if f"{{{parameter.name}}}" in path else "query",
        "required": parameter.required,
        "description": parameter.meaning("en"),
        "schema": parameter.schema,
        "example": parameter.example,
    }


def _problem(status: HTTPStatus) -> dict[str, Any]:
    return {"description": status.phrase, "content": {PROBLEM: {"schema": _reference("Problem")}}}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas(shapes: list[type[BaseModel]]) -> dict[str, Any]:
    from pydantic.json_schema import models_json_schema  # noqa: PLC0415 - as above

    _, definitions = models_json_schema(
        [(shape, "serialization") for shape in dict.fromkeys(shapes)],
        ref_template="#/components/schemas/{model}",
    )
    schemas: dict[str, Any] = definitions["$defs"]
    return schemas
