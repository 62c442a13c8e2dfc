"""Recipes: what is understood and what is refused, with the key and the file."""

from __future__ import annotations

import re

import pytest

from geo_service.campaign.model import CallCentre, Names, Rule
from geo_service.campaign.recipe import load_recipe
from geo_service.errors import RecipeError
from tests.geo_service.campaign import towns


def refuse(path):
    with pytest.raises(RecipeError) as caught:
        load_recipe(path)
    assert caught.value.remedy
    return caught.value


def test_whole_campaign_is_read(tmp_path):
    text = (
        towns.CAMPAIGN
        + """
time_zone = "Asia/Aqtau"
opens = 06:30:00
closes = "19:00"
source = "akimat"
licence = "CC-BY-4.0"
call_centre = { number = "1308", opens = "8:00", closes = "20:00" }
links = { bot = "https://example.org/bot" }
is_sample = true

[[campaign.rules]]
id = "document"
question = { kk = "Қандай құжат керек?" }
answer = { kk = "Жеке куәлік" }
"""
    )

    info = load_recipe(towns.recipe(tmp_path, towns.DISTRICTS, campaign=text)).info

    assert info.names == Names("Дауыс беру", "Голосование", "Vote")
    assert info.city == Names(None, "Городок", None)
    assert (info.date, info.data_date) == ("2026-03-15", "2026-02-01")
    assert (info.opens, info.closes, info.time_zone) == ("06:30", "19:00", "Asia/Aqtau")
    assert info.call_centre == CallCentre("1308", "08:00", "20:00")
    assert info.rules == (Rule("document", Names("Қандай құжат керек?"), Names("Жеке куәлік")),)
    assert info.is_sample


def test_recipe_with_a_byte_order_mark_is_read(tmp_path):
    path = towns.recipe(tmp_path, towns.DISTRICTS)
    path.write_text(path.read_text("utf-8"), "utf-8-sig")

    assert load_recipe(path).info.id == "small-town"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('colour = "red"', "campaign.colour"),
        ('opens = "25:00"', "campaign.opens"),
        ("opens = 7", "campaign.opens"),
        ('closes = "06:00"', "campaign"),
        ('time_zone = "Asia/Atlantis"', "campaign.time_zone"),
        ('time_zone = "../etc"', "campaign.time_zone"),
        ('is_sample = "perhaps"', "campaign.is_sample"),
        ('call_centre = { number = "1308", opens = "08:00" }', "campaign.call_centre.closes"),
    ],
)
def test_wrong_key_of_the_campaign_is_named(tmp_path, line, key):
    error = refuse(towns.recipe(tmp_path, towns.DISTRICTS, campaign=towns.CAMPAIGN + line + "\n"))

    assert (error.place.file, error.place.field) == ("recipe.toml", key)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('id = "small-town"', 'id = "Small Town"', "campaign.id"),
        ("date = 2026-03-15", "date = 2026-03-15T07:00:00", "campaign.date"),
        ("date = 2026-03-15", 'date = "2026-02-30"', "campaign.date"),
        ('city = { ru = "Городок" }', "", "campaign.city"),
        ('city = { ru = "Городок" }', "city = {}", "campaign.city"),
        ('ru = "Голосование"', 'de = "Wahl"', "campaign.names.de"),
    ],
)
def test_wrong_value_of_the_campaign_is_named(tmp_path, old, new, key):
    assert old in towns.CAMPAIGN

    error = refuse(towns.recipe(tmp_path, towns.DISTRICTS, campaign=towns.CAMPAIGN.replace(old, new, 1)))

    assert error.place.field == key


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ('[station]\nfile = "a.csv"\n', "station"),
        ("[stations]\n", "stations.file"),
        ('[stations]\nfile = "a.csv"\ndelimiter = ";"\n', "stations.delimiter"),
        ('[stations]\nfile = "a.csv"\ncolumns = { nomer = "a" }\n', "stations.columns.nomer"),
        ('[stations]\nfile = "a.csv"\nvalues = { nomer = 1 }\n', "stations.values.nomer"),
        ('[stations]\nfile = "a.csv"\ncolumns = { precinct = 1 }\n', "stations.columns.precinct"),
    ],
)
def test_wrong_key_of_a_section_is_named(tmp_path, section, key):
    error = refuse(towns.recipe(tmp_path, section))

    assert error.place.field == key


def test_misspelt_column_is_told_with_the_columns_that_there_are(tmp_path):
    error = refuse(towns.recipe(tmp_path, '[houses]\nfile = "a.csv"\ncolumns = { street = "a" }\n'))

    assert "place, number, district, precinct" in error.remedy


def test_every_wrong_key_is_mentioned(tmp_path):
    error = refuse(towns.recipe(tmp_path, "[stations]\nflie = 1\n[houses]\nfile = 2\n"))

    assert all(key in str(error) for key in ("stations.file", "stations.flie", "houses.file"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (towns.CAMPAIGN + "[stations]\nflie = 'a.csv'\n", ['[stations] has no key "flie"', 'mean "file"?']),
        (towns.CAMPAIGN + "[station]\nfile = 'a.csv'\n", ['no key "station"', 'mean "stations"?']),
        (towns.CAMPAIGN + "data_day = 2026-01-01\n", ['no key "data_day"', 'mean "data_date"?']),
        (towns.CAMPAIGN + "[stations]\n", ['key "file" is missing']),
        ("", ["section [campaign] is missing"]),
        (towns.CAMPAIGN.replace("small-town", "Small Town"), ['"Small Town"', "small Latin letters"]),
        (towns.CAMPAIGN + "source = 5\n", ["must be text in quotation marks"]),
        (towns.CAMPAIGN + "is_sample = 'perhaps'\n", ["must be true or false"]),
        (towns.CAMPAIGN + "call_centre = '109'\n", ["must be a table"]),
        (towns.CAMPAIGN + "opens = 7\n", ["7 is not a time of day"]),
        (
            towns.CAMPAIGN + "[stations]\nfile = 'a.csv'\nvalues = { kind = [1] }\n",
            ['"stations.values.kind"', "a table of such"],
        ),
        (
            towns.CAMPAIGN + "[stations]\nfile = 'a.csv'\ncolumns = { adress_ru = 'a' }\n",
            ['mean "address_ru"?'],
        ),
    ],
)
def test_fault_is_told_in_words_for_the_author_of_a_recipe(tmp_path, text, words):
    message = str(refuse(towns.recipe(tmp_path, campaign=text)))

    assert [word for word in words if word not in message] == []
    assert not re.search(r"Input should|permitted|required|String|dict|constrained|pattern", message)


def test_recipe_without_a_source_is_refused(tmp_path):
    assert "names no source" in refuse(towns.recipe(tmp_path)).problem


@pytest.mark.parametrize("data", [b"[campaign", b"\xff\xfe", b"GPKG\0"])
def test_file_that_is_no_toml_is_refused(tmp_path, data):
    path = tmp_path / "recipe.toml"
    path.write_bytes(data)

    assert "not TOML" in refuse(path).problem


def test_missing_recipe_is_refused(tmp_path):
    assert "cannot be opened" in refuse(tmp_path / "absent.toml").problem


def test_renamings_of_an_unknown_city_are_refused_with_the_known_ones(tmp_path):
    rest = '[places]\nfile = "places.geojson"\n[renamings]\ncity = "astana"\n'

    error = refuse(towns.recipe(tmp_path, towns.DISTRICTS, rest))

    assert error.place.field == "renamings.city"
    assert "astana" in str(error)
    assert "almaty" in str(error)


def test_renamings_without_places_are_refused(tmp_path):
    error = refuse(towns.recipe(tmp_path, towns.DISTRICTS, '[renamings]\ncity = "almaty"\n'))

    assert error.place.field == "renamings"
    assert "[places]" in error.remedy


def test_city_of_the_renamings_is_read(tmp_path):
    rest = '[places]\nfile = "places.geojson"\n[renamings]\ncity = "almaty"\n'

    assert load_recipe(towns.recipe(tmp_path, towns.DISTRICTS, rest)).renamings == "almaty"
    assert load_recipe(towns.recipe(tmp_path, towns.DISTRICTS)).renamings is None
