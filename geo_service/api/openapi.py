"""The OpenAPI 3.1 description of the API, from one table of endpoints and the models of their answers."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from http import HTTPStatus
from importlib import metadata
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from pydantic import BaseModel

_PROBLEM_TYPE = "application/problem+json"
_UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
_NOT_FOUND = HTTPStatus.NOT_FOUND


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of an endpoint, in the path if its name stands there in braces."""

    name: str
    meaning: str
    schema: dict[str, Any]
    example: Any
    required: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint: path under ``/api/v1``, what it does, what it answers with (a name in `models`)."""

    path: str
    summary: str
    answer: str
    media_type: str
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[HTTPStatus, ...] = ()

    @property
    def operation_id(self) -> str:
        """A name for clients that are generated from the description."""
        words = self.path.replace("{", "by_").replace("}", "").replace(".", "_").strip("/")
        return "get_" + words.replace("/", "_")


_LANGUAGE = Parameter(
    "lang", "Language of the notes' texts.", {"type": "string", "enum": ["kk", "ru", "en"]}, "ru"
)
_NUMBER = {"type": "number"}
_FLAG = {"type": "string", "enum": ["true", "false"], "default": "true"}

ENDPOINTS = (
    Endpoint(
        "/locate",
        "The precinct of a point",
        "ResolutionAnswer",
        "application/json",
        (
            Parameter("lat", "Latitude, degrees.", _NUMBER, 43.238949, required=True),
            Parameter("lon", "Longitude, degrees.", _NUMBER, 76.889709, required=True),
            _LANGUAGE,
        ),
        (_UNPROCESSABLE,),
    ),
    Endpoint(
        "/precincts/{number}",
        "One precinct with its boundary, station and neighbours",
        "PrecinctWithNeighboursFeature",
        "application/geo+json",
        (Parameter("number", "The precinct's number.", {"type": "integer"}, 123, required=True),),
        (_NOT_FOUND,),
    ),
    Endpoint(
        "/precincts",
        "All precincts, or those that meet a box",
        "PrecinctCollection",
        "application/geo+json",
        (
            Parameter("bbox", "west,south,east,north in degrees.", {"type": "string"}, "76.8,43.2,76.9,43.3"),
            Parameter("geometry", "Whether to send the boundaries.", _FLAG, example="false"),
        ),
        (_UNPROCESSABLE,),
    ),
    Endpoint(
        "/precincts.topojson",
        "All precincts as TopoJSON, for maps; coordinates are rounded to about 0.4 m",
        "Topology",
        "application/json",
    ),
    Endpoint("/stations", "All polling stations", "StationCollection", "application/geo+json"),
    Endpoint("/districts", "All districts", "DistrictCollection", "application/geo+json"),
    Endpoint("/campaign", "What the service answers from", "CampaignFacts", "application/json"),
)


@functools.cache
def openapi_document() -> bytes:
    """Return the description as JSON. Loads pydantic at the first call."""
    return orjson.dumps(build_document())


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
        "description": endpoint.summary,
        "headers": {
            "X-Campaign-Hash": {"description": "Content hash of the campaign.", "schema": {"type": "string"}}
        },
        "content": {endpoint.media_type: {"schema": _reference(endpoint.answer)}},
    }
    problems = (*endpoint.problems, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)
    return {
        "operationId": endpoint.operation_id,
        "summary": endpoint.summary,
        "parameters": [_parameter(parameter, endpoint.path) for parameter in endpoint.parameters],
        "responses": {"200": answer, **{str(status.value): _problem(status) for status in problems}},
    }


def _parameter(parameter: Parameter, path: str) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "path" if f"{{{parameter.name}}}" in path else "query",
        "required": parameter.required,
        "description": parameter.meaning,
        "schema": parameter.schema,
        "example": parameter.example,
    }


def _problem(status: HTTPStatus) -> dict[str, Any]:
    return {"description": status.phrase, "content": {_PROBLEM_TYPE: {"schema": _reference("Problem")}}}


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
