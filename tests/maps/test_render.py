"""The rendered map: deterministic, self-contained, complete."""

from __future__ import annotations

import dataclasses
import gzip
import json
import re
from pathlib import Path

import brotli
import pytest

from geo_service.campaign.model import LANGUAGES, Campaign
from geo_service.served.render_map import map_content, map_words
from maps.assets import own_files, vendor_files
from maps.manifest import DamagedMapError, read_manifest
from maps.model import MapContent, MapOptions
from maps.render import map_files, write_map

OPTIONS = MapOptions(
    script_base="/static/own/1/", source=dict.fromkeys(("kk", "ru", "en"), "</script><b>Source</b>, licence")
)


def rendered(campaign: Campaign, options: MapOptions = OPTIONS) -> dict[str, bytes]:
    words = {language: map_words(language) for language in LANGUAGES}
    return map_files(map_content(campaign), words=words, options=options, data_base="/map/x/")


def written(campaign: Campaign, parent: Path) -> Path:
    """The directory of the campaign's map in one language, written below a directory."""
    directory = parent / "maps" / "one"
    words = {"ru": map_words("ru")}
    write_map(directory, map_content(campaign), words=words, options=OPTIONS, data_base="/map/x/")
    return directory


def scripts(files: dict[str, bytes]) -> str:
    return "\n".join(data.decode() for name, data in files.items() if name.endswith(".js"))


@pytest.fixture(scope="module")
def files(small_campaign: Campaign) -> dict[str, bytes]:
    return rendered(small_campaign)


def test_two_renderings_are_the_same_byte_for_byte(files, small_campaign):
    assert rendered(small_campaign) == files


def test_nothing_points_to_another_host(files):
    assert [name for name, data in files.items() if re.search(rb"https?://", data)] == []


def test_online_tiles_are_the_one_other_address(small_campaign):
    tiles = "https://tiles.example/{z}/{x}/{y}.png"

    files = rendered(small_campaign, MapOptions("/static/own/1/", tile_url=tiles, tile_attribution="Tiles"))

    found = {match for data in files.values() for match in re.findall(rb"https?://[^\"' ]+", data)}
    assert found == {tiles.encode()}
    # The map's own background is there, too, and is the one that is shown at first.
    script = next(data.decode() for name, data in files.items() if name.startswith("map.ru."))
    assert script.index("backgroundLayer") < script.index("L.tileLayer")
    tile_layer = re.search(r"var (\w+) = L\.tileLayer", script)[1]
    assert f"{tile_layer}.addTo" not in script


def test_every_library_that_the_map_loads_is_served(files):
    manifest = json.loads(files["manifest.json"])

    urls = [url for entry in manifest["languages"].values() for url in entry["scripts"]]
    assert urls
    assert {url.removeprefix("/static/vendor/") for url in urls} <= set(vendor_files())


def test_every_module_that_the_map_imports_is_there(files):
    imported = set(re.findall(r'from "/static/own/1/([^"]+)"', scripts(files)))
    inner = {
        name
        for path in own_files().values()
        if path.suffix == ".js"
        for name in re.findall(r'from "\./([^"]+)"', path.read_text(encoding="utf-8"))
    }

    assert imported | inner <= set(own_files())
    assert imported == {"layers.js", "start.js"}


def test_page_may_ask_at_once_for_every_module_and_file_that_the_map_will_fetch(files):
    for language, entry in json.loads(files["manifest.json"])["languages"].items():
        names = {url.removeprefix("/static/own/1/") for url in entry["modules"]}
        for name in names:
            assert set(re.findall(r'from "\./([^"]+)"', own_files()[name].read_text("utf-8"))) <= names
        script = files[entry["script"]].decode()
        assert set(entry["data"]) == set(re.findall(r'"(/map/x/[^"]+)"', script))
        assert {url.removeprefix("/map/x/") for url in entry["data"]} <= set(files)
        assert any(f".{language}." in url for url in entry["data"])


def test_one_style_sheet_holds_all_and_its_pictures_are_served(files):
    sheets = [data.decode() for name, data in files.items() if name.endswith(".css")]

    assert len(sheets) == 1
    pictures = {url for url in re.findall(r"url\(([^)#]+)\)", sheets[0]) if not url.startswith("data:")}
    assert {url.removeprefix("/static/vendor/") for url in pictures} <= set(vendor_files())
    assert all(name in sheets[0] for name in (".leaflet-pane", ".leaflet-cluster-anim", ".pin", ".hue-7"))


def test_viewport_that_forbids_zooming_is_not_taken_over(files):
    assert not any(b"maximum-scale" in data for data in files.values())


def test_text_of_the_campaign_cannot_become_markup(files):
    # The browser's modules write it as text; here it must not end the script either.
    assert r"\u003cb\u003eSource" in scripts(files)
    assert "<b>Source" not in scripts(files)


def test_each_language_has_its_own_words_for_the_controls(files):
    manifest = json.loads(files["manifest.json"])["languages"]

    for language in LANGUAGES:
        script = files[manifest[language]["script"]].decode()
        for name in ("layers", "cluster", "metres", "kilometres", "source"):
            assert json.dumps(getattr(map_words(language), name)) in script


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_own_script(files, language):
    entry = json.loads(files["manifest.json"])["languages"][language]

    assert json.dumps(map_words(language).stations) in files[entry["script"]].decode()


def test_directory_holds_every_file_in_three_encodings(small_campaign: Campaign, files, tmp_path: Path):
    words = {language: map_words(language) for language in LANGUAGES}
    directory = tmp_path / "maps" / "one"

    write_map(directory, map_content(small_campaign), words=words, options=OPTIONS, data_base="/map/x/")

    for name, data in files.items():
        assert (directory / name).read_bytes() == data
        assert gzip.decompress((directory / f"{name}.gz").read_bytes()) == data
        assert brotli.decompress((directory / f"{name}.br").read_bytes()) == data
    assert set(read_manifest(directory)) == set(LANGUAGES)
    assert [path.name for path in directory.parent.iterdir()] == ["one"]


def test_one_building_of_two_precincts_is_one_row(files):
    rows = json.loads(files["stations.ru.json"])["stations"]

    numbers = [number for row in rows for number in row[0]]
    assert [3, 12] in [row[0] for row in rows]
    assert len(numbers) == len(set(numbers))


def test_station_without_a_point_is_on_no_map_but_has_a_card(files):
    rows = {tuple(row[0]): row for row in json.loads(files["stations.kk.json"])["stations"]}

    assert rows[31,][1:5] == [None, None, "Дом культуры", "улица Толе би, 99"]


def test_hours_are_said_once_and_again_where_they_are_others(files):
    stations = json.loads(files["stations.en.json"])

    others = {row[0][0]: row[5] for row in stations["stations"] if len(row) > 5}
    assert stations["hours"] == "07:00–20:00"
    assert others == {901: "06:00–18:00", 902: "06:00–18:00"}


def test_a_campaign_without_polygons_has_a_map_too():
    words = {"ru": map_words("ru")}

    files = map_files(MapContent((), ()), words=words, options=OPTIONS, data_base="/map/x/")

    assert json.loads(files["stations.ru.json"])["stations"] == []


def test_a_map_begins_with_its_extent(small_campaign: Campaign):
    words = {"ru": map_words("ru")}
    content = dataclasses.replace(map_content(small_campaign), extent=(10.0, 50.0, 10.5, 50.5))

    files = map_files(content, words=words, options=OPTIONS, data_base="/map/x/")

    assert '"bounds": [[50.0, 10.0], [50.5, 10.5]]' in scripts(files)


@pytest.mark.parametrize("content", [b"", b'{"languages": {"ru"', b"[]", b'{"languages": {}}'])
def test_manifest_that_cannot_be_read_is_one_error_that_names_the_file(tmp_path: Path, content):
    (tmp_path / "manifest.json").write_bytes(content)

    with pytest.raises(DamagedMapError) as caught:
        read_manifest(tmp_path)

    assert caught.value.place.file == str(tmp_path / "manifest.json")


def test_manifest_that_names_a_missing_file_is_refused(small_campaign: Campaign, tmp_path: Path):
    directory = written(small_campaign, tmp_path)
    script = read_manifest(directory)["ru"].script
    (directory / script).unlink()

    with pytest.raises(DamagedMapError, match=re.escape(script)):
        read_manifest(directory)


def test_damaged_map_is_written_again(small_campaign: Campaign, tmp_path: Path):
    directory = written(small_campaign, tmp_path)
    (directory / "manifest.json").write_bytes(b"")

    written(small_campaign, tmp_path)

    assert set(read_manifest(directory)) == {"ru"}
    assert [path.name for path in directory.parent.iterdir()] == ["one"]


def test_sound_map_is_left_as_it_is(small_campaign: Campaign, tmp_path: Path):
    directory = written(small_campaign, tmp_path)
    inode = (directory / "manifest.json").stat().st_ino

    written(small_campaign, tmp_path)

    assert (directory / "manifest.json").stat().st_ino == inode
