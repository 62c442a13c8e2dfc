"""The day of the vote as a file for the reader's calendar."""

from __future__ import annotations

from flask import Blueprint, Response, abort, url_for

from geo_service.served.binding import bound_campaign
from geo_service.voting_day.calendar_file import calendar_file, calendar_name
from geo_service.web.addresses import absolute_url
from geo_service.web.frame import LANGUAGE_PREFIX, page_language

calendar = Blueprint("calendar", __name__)


@calendar.get(LANGUAGE_PREFIX + "/precinct/<int(max=99999):number>/calendar.ics")
def event(number: int) -> Response:
    """Send the calendar file of a precinct."""
    served, language = bound_campaign(), page_language()
    if served.finder.precinct(number).status == "closed":
        abort(404)
    address = absolute_url(url_for("precinct.show", number=number))
    body = calendar_file(served.finder.campaign, number, language, url=address)
    response = Response(body, content_type="text/calendar; charset=utf-8")
    name = calendar_name(served.info, number)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
