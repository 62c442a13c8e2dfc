"""The moment at which a request is answered: one for the whole request, from the application's clock."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Flask, current_app, g

from geo_service.clock import Clock

_CLOCK = "geo_service.clock"


def install(app: Flask, clock: Clock) -> None:
    """Give an application its clock."""
    app.extensions[_CLOCK] = clock


def current_moment() -> dt.datetime:
    """Return the moment of this request, aware of its offset; all parts of a page get the same one."""
    if "moment" not in g:
        g.moment = current_app.extensions[_CLOCK]()
    return cast("dt.datetime", g.moment)
