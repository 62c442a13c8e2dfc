"""A serving process takes another campaign while it goes on answering, and keeps the old one if it must."""

from __future__ import annotations

import dataclasses
import json
import os
import threading
import time

import pytest

from geo_service.campaign.file import write_campaign
from geo_service.errors import BusyError, CampaignNotFoundError
from geo_service.served.archive import Archive
from geo_service.served.binding import bound_campaign
from geo_service.served.holder import CampaignHolder, current_holder
from geo_service.served.map_files import map_directory, remove_old_maps
from geo_service.settings import Settings
from geo_service.store.log import Act
from geo_service.store.store import Store
from geo_service.web.app import create_app
from tests.geo_service.editions import write_edition

POINT = "lat=43.2263&lon=76.9052"


@pytest.fixture(scope="module")
def paths(small_campaign, tmp_path_factory):
    """The files of editions 1 to 3."""
    directory = tmp_path_factory.mktemp("editions")
    for number in (1, 2, 3):
        write_edition(directory / f"{number}.gpkg", small_campaign, number)
    return {number: directory / f"{number}.gpkg" for number in (1, 2, 3)}


@pytest.fixture(scope="module")
def maps(tmp_path_factory):
    """A directory of rendered maps that the stores of these tests share: rendering takes seconds."""
    return tmp_path_factory.mktemp("maps")


@pytest.fixture
def settings(tmp_path, maps):
    """Settings of a service whose holder looks only when it is told to."""
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "maps").symlink_to(maps)
    return Settings(store=tmp_path / "store", refresh_s=0)


@pytest.fixture
def store(settings, paths):
    store = Store(settings.store)
    store.publish(paths[1], Act("Aigul"))
    return store


@pytest.fixture
def app(settings, store):
    return create_app(settings)


@pytest.fixture
def client(app):
    return app.test_client()


def holder_of(app):
    with app.app_context():
        return current_holder()


def asked(client, query=""):
    """Ask for the precinct of a point; return its number and the campaign that header and body name."""
    response = client.get(f"/api/v1/locate?{POINT}{query}")
    answer = response.get_json()
    assert answer["campaign"]["hash"] == response.headers["X-Campaign-Hash"]
    return answer["precinct"]["number"]


def test_another_campaign_is_taken_when_it_is_published_and_when_it_is_rolled_back(app, client, store, paths):
    holder = holder_of(app)
    seen = [asked(client)]
    store.publish(paths[2], Act("Aigul"))
    seen.append(asked(client))
    taken = holder.refresh()
    seen.append(asked(client))
    store.rollback(Act("Aigul"))
    holder.refresh()
    seen.append(asked(client))

    assert seen == [1003, 1003, 2003, 1003]
    assert taken
    assert not holder.refresh()


def test_request_keeps_its_campaign_from_beginning_to_end(app, store, paths):
    with app.test_request_context("/api/v1/locate"):
        app.preprocess_request()
        before = bound_campaign()
        store.publish(paths[2], Act("Aigul"))
        holder_of(app).refresh()

        response = app.process_response(app.make_response("body"))

        assert bound_campaign() is before
        assert response.headers["X-Campaign-Hash"] == before.content_hash
        assert current_holder().served.content_hash != before.content_hash


def test_campaign_that_cannot_be_read_leaves_the_old_one_and_is_told(app, client, store, paths):
    published = store.publish(paths[2], Act("Aigul"))
    published.write_bytes(published.read_bytes()[:5000])

    taken = holder_of(app).refresh()
    ready = client.get("/readyz")

    assert (taken, asked(client), ready.status_code) == (False, 1003, 200)
    assert "cannot be read" in ready.get_json()["failure"]["detail"]

    store.publish(paths[2], Act("Aigul"))
    holder_of(app).refresh()
    assert (asked(client), client.get("/readyz").get_json()["failure"]) == (2003, None)


def test_first_publication_wakes_a_service_that_had_none(settings, paths):
    app = create_app(settings)
    before = app.test_client().get("/readyz").status_code

    Store(settings.store).publish(paths[1], Act("Aigul"))
    holder_of(app).refresh()

    assert (before, asked(app.test_client())) == (503, 1003)


def test_sample_is_not_taken_where_other_machines_could_reach_it(settings, small_campaign, paths, tmp_path):
    info = dataclasses.replace(small_campaign.info, is_sample=False)
    write_campaign(tmp_path / "real.gpkg", dataclasses.replace(small_campaign, info=info))
    store = Store(settings.store)
    store.publish(tmp_path / "real.gpkg")
    (settings.store / "maps").unlink()
    (settings.store / "maps").write_text("in the way of a map, which would take seconds to render")
    holder = CampaignHolder(dataclasses.replace(settings, host="0.0.0.0"))

    store.publish(paths[1])
    holder.refresh()

    assert holder.served.info.is_sample is False
    assert "--allow-sample" in str(holder.failure)
    assert [record.is_sample for record in holder.archive.published()] == [False]


def test_thread_takes_what_is_published_by_itself(settings, store, paths):
    holder = CampaignHolder(dataclasses.replace(settings, refresh_s=0.05))
    holder.watch()

    store.publish(paths[2], Act("Aigul"))

    deadline = time.monotonic() + 60
    while holder.served.info.id != "edition2":
        assert time.monotonic() < deadline


def test_file_that_is_named_is_not_watched(paths, settings):
    before = threading.active_count()

    CampaignHolder(dataclasses.replace(settings, campaign=paths[1], refresh_s=0.05)).watch()

    assert threading.active_count() <= before


def test_page_and_map_belong_to_one_campaign(app, client, store, paths):
    pages = [client.get(f"/en/?{POINT}")]
    store.publish(paths[2], Act("Aigul"))
    holder_of(app).refresh()
    pages.append(client.get(f"/en/?{POINT}"))

    for number, page in enumerate(pages, 1):
        content_hash = page.headers["X-Campaign-Hash"]
        assert f"Edition{number}" in page.text
        assert f"Edition{3 - number}" not in page.text
        assert f"/map/{content_hash[:12]}-" in page.text
        assert f'data-campaign="{content_hash}"' in page.text
        # The former page may still be open: its map goes on being served.
        module = page.text.split('src="/map/')[1].split('"')[0]
        response = client.get(f"/map/{module}")
        assert (response.status_code, response.headers["X-Campaign-Hash"]) == (200, content_hash[:12])


def test_prepared_layers_and_their_tags_go_with_their_campaign(app, client, store, paths):
    first = client.get("/api/v1/stations")
    store.publish(paths[2], Act("Aigul"))
    holder_of(app).refresh()

    second = client.get("/api/v1/stations", headers={"If-None-Match": first.headers["ETag"]})

    assert second.status_code == 200
    assert {feature["id"] // 1000 for feature in json.loads(second.data)["features"]} == {2}


# The archive.


@pytest.fixture
def archive_client(settings, store, paths):
    """A service with edition 3 current, and 1 and 2 published before."""
    store.publish(paths[2], Act("Aigul"))
    store.publish(paths[3], Act("Aigul"))
    return create_app(settings).test_client()


def test_published_campaigns_are_listed_the_current_one_first(archive_client):
    campaigns = archive_client.get("/api/v1/campaigns").get_json()["campaigns"]

    assert [one["id"] for one in campaigns] == ["edition3", "edition2", "edition1"]
    assert [one["is_current"] for one in campaigns] == [True, False, False]


def test_campaign_of_the_archive_answers_by_id_and_by_hash_and_says_so(archive_client):
    campaigns = archive_client.get("/api/v1/campaigns").get_json()["campaigns"]

    names = ("edition1", campaigns[2]["hash"], campaigns[2]["hash"][:6], "edition3")
    numbers = [asked(archive_client, f"&campaign={name}") for name in names]
    notes = archive_client.get(f"/api/v1/locate?{POINT}&campaign=edition1&lang=en").get_json()["notes"]

    assert numbers == [1003, 1003, 1003, 3003]
    assert notes[0]["code"] == "archive"
    assert "Edition1" in notes[0]["text"]
    assert asked(archive_client) == 3003


@pytest.mark.parametrize(
    "endpoint",
    ["find?q=Абая 45&", "suggest?q=Аб&", "precincts/1003?", "precincts?", "stations?", "districts?",
     "campaign?", "precincts.topojson?", "changes?"],
)  # fmt: skip
def test_every_endpoint_answers_from_the_campaign_that_is_asked(archive_client, endpoint):
    listed = archive_client.get("/api/v1/campaigns").get_json()["campaigns"]

    response = archive_client.get(f"/api/v1/{endpoint}campaign=edition1")

    assert response.status_code == 200
    assert response.headers["X-Campaign-Hash"] == listed[2]["hash"]
    assert "Edition3" not in response.text


@pytest.mark.parametrize("name", ["edition9", "abc", "../1", "0000"])
def test_unknown_campaign_is_not_found_and_not_repeated(archive_client, name):
    response = archive_client.get(f"/api/v1/locate?{POINT}&campaign={name}")

    assert response.status_code == 404
    assert response.get_json()["type"] == "urn:geo-service:campaign-not-found"
    assert name not in response.get_json()["detail"]


def test_as_many_campaigns_are_kept_as_the_setting_says(settings, store, paths):
    store.publish(paths[2], Act("Aigul"))
    store.publish(paths[3], Act("Aigul"))
    archive = Archive(settings)

    first = archive.campaign("edition1", None)
    again = archive.campaign("edition1", None)
    archive.campaign("edition2", None)

    assert again is first
    assert archive.campaign("edition1", None) is not first


def test_archive_of_size_0_answers_from_the_current_campaign_only(settings, store, paths):
    store.publish(paths[2], Act("Aigul"))

    with pytest.raises(CampaignNotFoundError):
        Archive(dataclasses.replace(settings, archive_size=0)).campaign("edition1", None)


def test_requests_do_not_queue_for_the_archive(settings, store):
    archive = Archive(settings)

    with archive.loading(), pytest.raises(BusyError):
        archive.campaign("edition1", None)

    assert archive.campaign("edition1", None).info.id == "edition1"


# The files of maps.


def test_old_maps_are_removed_but_for_the_current_and_the_newest(tmp_path):
    settings = Settings(store=tmp_path)
    now = time.time()
    made = {}
    for age in range(60):
        directory = tmp_path / "maps" / f"{age:012x}-{'a' * 8}"
        directory.mkdir(parents=True)
        os.utime(directory, (now - age * 86400, now - age * 86400))
        made[age] = directory.name
    current = f"{59:012x}" + "0" * 52

    remove_old_maps(settings, current)

    left = {path.name for path in (tmp_path / "maps").iterdir()}
    assert left == {made[age] for age in (*range(30), 59)}
    assert map_directory(settings, current).name.startswith(made[59][:12])


def test_what_is_made_of_a_campaign_is_made_once_by_the_first_who_asks(app):
    began, may_end = threading.Event(), threading.Event()
    makers, results = [], []

    def make(served):
        makers.append(served)
        began.set()
        assert may_end.wait(30)
        return object()

    with app.test_request_context("/"):
        served = current_holder().served
    threads = [threading.Thread(target=lambda: results.append(served.made(make))) for _ in range(4)]
    threads[0].start()
    assert began.wait(30)
    for thread in threads[1:]:
        thread.start()
    may_end.set()
    for thread in threads:
        thread.join(30)

    assert makers == [served]
    assert len(results) == 4
    assert len({id(result) for result in results}) == 1
