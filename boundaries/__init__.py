"""Geometry of precinct boundaries: read, check, index. Knows no addresses, no languages and no web."""

from boundaries.index import Border, PrecinctIndex
from boundaries.precincts import PrecinctPolygon

__all__ = ["Border", "PrecinctIndex", "PrecinctPolygon"]
