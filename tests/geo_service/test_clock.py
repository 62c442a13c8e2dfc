"""The service's clock, and that of a rehearsal."""

from __future__ import annotations

import datetime as dt

import pytest

from geo_service.clock import rehearsal_clock, service_clock, system_clock
from geo_service.errors import SettingError
from geo_service.settings import Settings, load_settings
from geo_service.web.app import create_app

START = dt.datetime.fromisoformat("2026-03-15T06:30")


def environment(written):
    return {"GEO_SERVICE_REHEARSE_AT": written, "XDG_CONFIG_HOME": "/nonexistent"}


def test_system_clock_is_aware():
    assert system_clock().utcoffset() == dt.timedelta(0)


def test_rehearsal_begins_at_its_moment_and_goes_on_as_the_system_does():
    moments = iter([dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=m) for m in (0, 0, 45)])

    clock = rehearsal_clock(START, system=lambda: next(moments))

    assert clock().isoformat() == "2026-03-15T01:30:00+00:00"
    assert clock().isoformat() == "2026-03-15T02:15:00+00:00"


def test_moment_with_an_offset_is_taken_as_it_is():
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

    clock = rehearsal_clock(START.replace(tzinfo=dt.UTC), system=lambda: now)

    assert clock().isoformat() == "2026-03-15T06:30:00+00:00"


def test_without_a_rehearsal_the_clock_is_the_systems():
    assert service_clock(None) is system_clock


@pytest.mark.parametrize(
    "written", ["2026-03-15T06:30", "2026-03-15 06:30:00", "2026-03-15T06:30+05:00", "2026-03-15T01:30Z"]
)
def test_setting_takes_a_moment_and_hands_it_on(written):
    loaded = load_settings(environment=environment(written))

    assert loaded.rehearse_at == dt.datetime.fromisoformat(written)
    assert load_settings(environment=loaded.as_environment()).rehearse_at == loaded.rehearse_at


@pytest.mark.parametrize("written", ["2026-03-15", "20260315", "tomorrow", "06:30", "2026-13-01T06:30", "1"])
def test_setting_refuses_what_is_no_moment(written):
    with pytest.raises(SettingError) as caught:
        load_settings(environment=environment(written))

    assert caught.value.place.field == "rehearse_at"


def test_setting_takes_tomls_own_moment(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("rehearse_at = 2026-03-15T06:30:00\n")

    loaded = load_settings(environment={"GEO_SERVICE_CONFIG": str(config)})

    assert loaded.rehearse_at == START


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/kk/questions", "Жаттығу"),
        ("/ru/questions", "Репетиция"),
        ("/en/questions", "as if it were 15 March 2026, 06:3"),
        ("/en/nowhere", "Rehearsal"),
    ],
)
def test_every_page_of_a_rehearsal_says_so(small_campaign_path, tmp_path, path, words):
    app = create_app(Settings(store=tmp_path, campaign=small_campaign_path, rehearse_at=START))

    assert words in app.test_client().get(path).text


def test_no_page_says_so_otherwise(app):
    assert "Rehearsal" not in app.test_client().get("/en/questions").text
