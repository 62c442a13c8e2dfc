"""The calendar file of a precinct, as a browser fetches it."""

from __future__ import annotations

import icalendar
import pytest

from geo_service.campaign.model import LANGUAGES
from geo_service.translations import text


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_calendar_file_has_hours_station_and_mark(client, language):
    response = client.get(f"/{language}/precinct/12/calendar.ics")

    (event,) = icalendar.Calendar.from_ical(response.data).walk("VEVENT")
    assert response.mimetype == "text/calendar"
    assert text("mark.sample", language) in str(event["summary"])
    assert event["dtstart"].dt.isoformat() == "2026-03-15T07:00:00+05:00"
    assert str(event["url"]) == f"http://localhost/{language}/precinct/12"


def test_name_of_the_file_says_that_it_is_a_sample(client):
    disposition = client.get("/ru/precinct/12/calendar.ics").headers["Content-Disposition"]

    assert disposition == 'attachment; filename="small-sample-12-SAMPLE.ics"'


@pytest.mark.parametrize("number", ["4711", "850412300123", "x", "-1"])
def test_precinct_that_does_not_exist_is_a_page_that_repeats_no_number(client, number):
    response = client.get(f"/ru/precinct/{number}/calendar.ics")

    assert response.status_code == 404
    assert "850412300123" not in response.text
