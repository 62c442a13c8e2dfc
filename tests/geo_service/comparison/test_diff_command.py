from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.campaign.model import Names
from geo_service.store.store import Store


@pytest.fixture(scope="module")
def changed_path(small_campaign, tmp_path_factory):
    """The small campaign with eight changed stations and a renamed vote."""
    stations = tuple(
        dataclasses.replace(item, names=Names(ru=f"Новая школа {item.precinct}"))
        if item.precinct < 20
        else item
        for item in small_campaign.stations
    )
    info = dataclasses.replace(small_campaign.info, names=Names(ru="Выборы"))
    path = tmp_path_factory.mktemp("changed") / "changed.gpkg"
    write_campaign(path, dataclasses.replace(small_campaign, stations=stations, info=info))
    return path


def test_diff_of_a_file_with_itself_is_status_0(run, small_campaign_path):
    result = run("diff", small_campaign_path, small_campaign_path, "--lang", "en")

    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "No differences."


def test_diff_is_short_unless_all_is_asked_for(run, small_campaign_path, changed_path):
    short = run("diff", small_campaign_path, changed_path, "--lang", "ru")
    full = run("diff", small_campaign_path, changed_path, "--lang", "ru", "--all")

    assert (short.exit_code, full.exit_code) == (1, 1)
    assert "Помещения для голосования: изменено: 10" in short.output
    assert short.output.count("Новая школа") < full.output.count("Новая школа")
    assert "… и ещё 5" in short.output
    assert "… и ещё" not in full.output


def test_diff_as_json_holds_every_change_with_hashes(run, small_campaign_path, changed_path):
    result = run("diff", small_campaign_path, changed_path, "--json")

    document = json.loads(result.output)
    assert result.exit_code == 1
    assert document["same"] is False
    assert document["old"]["hash"] != document["new"]["hash"]
    assert len(document["stations"]["changed"]) == 10
    assert document["stations"]["changed"][0]["fields"][0] == {
        "field": "name_kk", "old": "Политехникалық колледж", "new": None,
    }  # fmt: skip


def test_what_cannot_be_compared_is_status_2(run, small_campaign_path, tmp_path):
    result = run("diff", small_campaign_path, tmp_path / "missing.gpkg")

    assert result.exit_code == 2
    assert "missing.gpkg" in result.output


def test_published_campaigns_are_named_by_id_hash_and_current(
    run, environment, small_campaign_path, changed_path
):
    store = Store(Path(environment["GEO_SERVICE_STORE"]))
    first = store.publish(small_campaign_path)
    store.publish(changed_path)

    by_file = run("diff", small_campaign_path, changed_path, "--lang", "en").output
    by_hash = run("diff", open_campaign(first).content_hash[:8], "current", "--lang", "en")
    by_id = run("diff", "small-sample", changed_path, "--lang", "en")

    assert by_hash.output == by_file
    assert by_id.exit_code == 0


def test_name_that_is_neither_file_nor_campaign_is_status_2(run, small_campaign_path):
    result = run("diff", "referendum", small_campaign_path)

    assert result.exit_code == 2
    assert "referendum" in result.output
