"""Text in the encodings of Kazakhstan's files, stated, not stated and wrongly stated."""

from __future__ import annotations

import dataclasses

import geopandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from geo_service.campaign.build import assemble
from geo_service.campaign.model import Names
from geo_service.campaign.recipe import load_recipe
from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.encodings import detect_encoding, python_codec
from geo_service.sources.registry import read_table
from geo_service.sources.text_faults import original_encoding, plain_text, without_text_faults
from tests.geo_service.campaign import towns
from tests.geo_service.sources.written import frame, hash_of, mapping, read_back, write_frame

RUSSIAN, KAZAKH = ["улица Толе би", "Школа № 144"], ["Төле би көшесі", "№ 144 мектеп"]


def write_shapefile(path, texts, codec, *, cpg, language_driver=0):
    """A Shapefile whose table has texts in an encoding, and says so only in a .cpg, if at all."""
    bytes_as_letters = [text.encode(codec).decode("latin-1") for text in texts]
    layer = geopandas.GeoDataFrame(
        {"имя".encode(codec).decode("latin-1"): bytes_as_letters},
        geometry=[box(76.9 + n, 43.2, 76.91 + n, 43.21) for n in range(len(texts))],
        crs=4326,
    )
    layer.to_file(path, encoding="ISO-8859-1")
    path.with_suffix(".cpg").unlink()
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg)
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[29] = language_driver
    path.with_suffix(".dbf").write_bytes(table)
    return path


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8", "65001"),
        ("cp1251", "1251"),
        ("cp1251", "ANSI 1251\r\n"),
        ("cp1251", "windows-1251"),
        ("cp866", "OEM 866"),
        ("kz1048", "kz1048"),
        ("cp1251", None),
        ("utf-8", None),
        ("cp866", None),
        ("cp1251", "nobody knows"),
    ],
)
def test_shapefile_is_read_in_the_encoding_that_it_states_or_shows(tmp_path, codec, name):
    path = write_shapefile(tmp_path / "a.shp", RUSSIAN, codec, cpg=name)

    table = read_table(path)

    assert table.columns == ("имя",)
    assert [row[0] for row in table.rows] == RUSSIAN
    assumed = [finding.values["encoding"] for finding in table.findings]
    assert assumed == ([codec] if name in {None, "nobody knows"} else [])


def test_language_of_the_table_counts_where_it_leaves_no_doubt(tmp_path):
    path = write_shapefile(tmp_path / "a.shp", RUSSIAN, "cp866", cpg=None, language_driver=0x65)

    table = read_table(path)

    assert [row[0] for row in table.rows] == RUSSIAN
    assert list(table.findings) == []


@pytest.mark.parametrize("codec", ["utf-8", "kz1048"])
def test_kazakh_letters_are_told_from_russian_ones(tmp_path, codec):
    path = write_shapefile(tmp_path / "a.shp", KAZAKH, codec, cpg=None)

    assert [row[0] for row in read_table(path).rows] == KAZAKH


def test_stated_encoding_goes_before_that_of_the_file(tmp_path):
    path = write_shapefile(tmp_path / "a.shp", RUSSIAN, "cp1251", cpg="UTF-8")

    with pytest.raises(SourceError, match="encoding") as caught:
        read_table(path)

    assert caught.value.place.file == "a.shp"
    assert [row[0] for row in read_table(path, ReadOptions(encoding="cp1251")).rows] == RUSSIAN


def test_letters_without_any_likely_encoding_are_refused(tmp_path):
    path = write_shapefile(tmp_path / "a.shp", ["жаба"], "koi8-r", cpg=None)
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes().replace("жаба".encode("koi8-r"), b"\x98\x98\x98\x98"))

    with pytest.raises(SourceError, match="State it") as caught:
        read_table(path)

    assert caught.value.place.field == "encoding"


@pytest.mark.parametrize("suffix", [".shp", ".tab", ".mif"])
def test_campaign_without_kazakh_letters_comes_back_from_cp1251(
    tmp_path, small_campaign, small_campaign_path, suffix
):
    campaign = without_kazakh(small_campaign)
    sections = {}
    for name in ("districts", "precincts", "stations"):
        layer = frame(campaign, name)
        # GDAL's MapInfo driver converts by itself, and must be given UTF-8.
        options = {"encoding": "CP1251"} if suffix == ".shp" else {"ENCODING": "CP1251"}
        path = write_frame(tmp_path / f"{name}{suffix}", layer, **options)
        sections[name] = f'file = "{path.name}"\ncolumns = {mapping(layer)}'

    read, _ = read_back(tmp_path, sections, small_campaign_path)

    if suffix == ".tab":  # its coordinates are rounded
        assert [station.names for station in read.stations] == [item.names for item in campaign.stations]
        assert [district.names for district in read.districts] == [item.names for item in campaign.districts]
    else:
        assert hash_of(read) == hash_of(dataclasses.replace(campaign, places=read.places, houses=read.houses))


def without_kazakh(campaign):
    def russian(names):
        return Names(None, names.ru, names.en)

    return dataclasses.replace(
        campaign,
        districts=tuple(dataclasses.replace(item, names=russian(item.names)) for item in campaign.districts),
        precincts=tuple(dataclasses.replace(item, names=russian(item.names)) for item in campaign.precincts),
        stations=tuple(
            dataclasses.replace(item, names=russian(item.names), address=russian(item.address))
            for item in campaign.stations
        ),
    )


@pytest.mark.parametrize("text", ["Алатауский район", "Сайлау учаскесі", "улица Толе би, 12"])
@pytest.mark.parametrize(
    ("taken_for", "real"),
    [("latin-1", "cp1251"), ("cp1251", "utf-8"), ("latin-1", "utf-8"), ("cp866", "cp1251")],
)
def test_garbled_text_is_recognised_with_its_encoding(text, taken_for, real):
    if real == "cp1251":
        text = text.replace("і", "i")
    garbled = text.encode(real).decode(taken_for, "replace")
    if "\ufffd" in garbled:
        pytest.skip("letters are lost, not only garbled")

    assert original_encoding(garbled) == (real, text)


@given(st.text(st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі «»№-.,12"), max_size=40))
def test_proper_text_is_never_taken_for_garbled(text):
    assert original_encoding(text) is None
    assert original_encoding(text.capitalize()) is None
    assert original_encoding(text.upper()) is None


@pytest.mark.parametrize(
    "text", ["Zürich", "Äuezov köşesi", "Nauryzbaı aýdany", "Abaı dańǵyly", "№ 5", "Café"]
)
def test_latin_letters_are_not_taken_for_garbled(text):
    assert original_encoding(text) is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>Участок</b> № 5", "Участок № 5"),
        ("Школа&nbsp;№&#160;144<br/>корпус&amp;2", "Школа № 144 корпус&2"),
        ("<p>Абая</p><p>45</p>", "Абая 45"),
        ("<script>alert('1')</script>Лицей", "Лицей"),
        ('<style>b{}</style><b onclick="x()">Лицей', "Лицей"),
    ],
)
def test_html_is_taken_out_of_names(html, text):
    table = Table(
        "a.kml", ("name", "other"), [(html, "<b>x"), ("a < b & c", "")], ["placemark 1", "placemark 2"]
    )

    cleaned = without_text_faults(table, {"name"})

    assert list(cleaned.rows) == [(text, "<b>x"), ("a < b & c", "")]
    (finding,) = cleaned.findings
    assert (finding.code, finding.file, finding.item, finding.field) == (
        "html_removed", "a.kml", "placemark 1", "name",
    )  # fmt: skip


@given(st.text(max_size=60))
def test_cleaning_any_text_ends(text):
    assert isinstance(plain_text(text), str)


@given(st.binary(max_size=60))
def test_any_bytes_have_an_encoding_that_fits_or_none(data):
    codec = detect_encoding([data])

    assert codec is None or isinstance(data.decode(codec), str)


@pytest.mark.parametrize("name", ["", "hex", "rot13", "99999", "zip", "\0", "x" * 1000, "cp", "punycode"])
def test_names_that_are_no_encoding_have_no_codec(name):
    codec = python_codec(name)

    assert codec is None or b"".decode(codec) == ""


LIST = "precinct,name_ru,address_ru\n1,{},улица Абая 1\n2,Театр,улица Абая 2\n"


@pytest.mark.parametrize(
    ("text", "section", "words"),
    [
        (LIST.format("Школа").encode(), 'encoding = "cp1251"', 'State encoding = "utf-8"'),
        (LIST.format("Школа").encode("cp1251"), 'encoding = "latin-1"', 'State encoding = "cp1251"'),
        (LIST.format("Школа").encode("cp1251"), "", "not text in the encoding utf-8"),
        (LIST.format("?????").encode(), "", "Letters were lost"),
        (LIST.format("Шко\ufffdа").encode(), "", "Letters were lost"),
    ],
    ids=["UTF-8 as cp1251", "cp1251 as Latin-1", "cp1251 as UTF-8", "question marks", "replacement signs"],
)
def test_build_refuses_garbled_lists_with_the_encoding_to_state(tmp_path, text, section, words):
    towns.town(tmp_path)
    (tmp_path / "stations.csv").write_bytes(text)
    recipe = towns.recipe(tmp_path, towns.DISTRICTS, towns.PRECINCTS, f"{towns.STATIONS}{section}\n")

    with pytest.raises(SourceError, match=words) as caught:
        assemble(load_recipe(recipe))

    assert caught.value.place.file == "stations.csv"


def test_build_refuses_garbled_names_in_a_format_that_is_always_utf8(tmp_path):
    recipe = towns.town(tmp_path)
    garbled = "Восточный".encode().decode("latin-1")
    towns.precincts(tmp_path, (towns.polygon(towns.WEST), {"number": 1, "name_ru": garbled}))

    with pytest.raises(SourceError, match='was "Восточный" in utf-8') as caught:
        assemble(load_recipe(recipe))

    assert (caught.value.place.item, caught.value.place.field) == ("feature 1", "name_ru")


def test_build_cleans_html_and_reports_it_once_a_column(tmp_path):
    recipe = towns.town(tmp_path)
    html = {"name_ru": "<b>Больница&nbsp;№ 7</b>", "note": "<b>not used</b>"}
    towns.precincts(
        tmp_path,
        (towns.polygon(towns.WEST), {"number": 1, **html}),
        (towns.polygon(towns.EAST), {"number": 2, **html}),
    )

    campaign, findings = assemble(load_recipe(recipe))

    assert [precinct.names.ru for precinct in campaign.precincts] == ["Больница № 7"] * 2
    cleaned = [finding for finding in findings if finding.code == "html_removed"]
    assert [(finding.field, finding.item, finding.values["count"]) for finding in cleaned] == [
        ("name_ru", "feature 1", 2)
    ]
