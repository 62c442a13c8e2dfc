from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon

from geo_service.addresses.hints import HintReader, other_towns
from geo_service.addresses.tokens import read_tokens
from geo_service.campaign.model import District, Names

ALMATY = Names("Алматы", "Алматы", "Almaty")
DISTRICTS = {
    "auezov": Names("Әуезов ауданы", "Ауэзовский район", "Auezov District"),
    "medeu": Names("Медеу ауданы", "Медеуский район", "Medeu District"),
    "alatau": Names("Алатау ауданы", "Алатауский район", "Alatau District"),
}


def _reader(city=ALMATY):
    return HintReader(city, [District(code, names, MultiPolygon()) for code, names in DISTRICTS.items()])


@pytest.fixture(scope="module")
def reader():
    return _reader()


def words(text, positions):
    tokens = read_tokens(text)
    return {tokens[position].text for position in positions}


@pytest.mark.parametrize(
    "text",
    [
        "Ауэзовский район, Абая 10", "Ауэзовский р-н Абая 10", "район Ауэзовский, Абая 10",
        "Абая 10, Ауэзовский р-н",
        "Әуезов ауданы, Абай 10", "Auezov district, Abay 10", "Ауэзовский, Абая 10",
        "Алматы, Ауэзовский р-н, Абая 10",
    ],
)  # fmt: skip
def test_a_district_is_named_by_its_word_or_its_adjective(reader, text):
    hints = reader.read(read_tokens(text))

    assert hints.district == "auezov"
    assert not words(text, hints.district_tokens) & {"абая", "абай", "абаы"}


@pytest.mark.parametrize(
    "text", ["Алматы, Абая 10", "г. Алматы Абая 10", "Алматы қаласы, Абай 10", "Almaty, Abay 10"]
)
def test_the_campaigns_city_is_a_hint_and_no_other_town(reader, text):
    hints = reader.read(read_tokens(text))

    assert "алматы" in words(text, hints.city_tokens)
    assert hints.towns == {}


@pytest.mark.parametrize("text", ["Алма-Ата, Абая 10", "г. Алма-Ата Абая 10", "Alma-Ata, Abay 10"])
def test_the_city_is_known_by_the_name_that_people_still_give_it(reader, text):
    assert reader.read(read_tokens(text)).towns == {}


@pytest.mark.parametrize("text", ["Астана, Абая 10", "Абая 10 Шымкент", "Каскелен", "Kaskelen, Abay 10"])
def test_another_town_is_seen(reader, text):
    (town,) = reader.read(read_tokens(text)).towns.values()

    assert words(text, town.tokens) <= {"астана", "шымкент", "каскелен"}
    assert not town.is_sure


def test_a_town_with_its_word_is_sure(reader):
    (town,) = reader.read(read_tokens("город Шымкент, улица Абая 10")).towns.values()

    assert town.is_sure
    assert words("город Шымкент, улица Абая 10", town.tokens) == {"город", "шымкент"}


def test_a_place_called_after_a_town_is_no_town(reader):
    assert reader.read(read_tokens("мкр Астана 5")).towns == {}
    assert reader.read(read_tokens("Астана көшесі, 5")).towns == {}


def test_the_city_of_a_campaign_is_no_other_town_to_it():
    reader = _reader(Names("Астана", "Астана", "Astana"))

    assert reader.read(read_tokens("Астана, Абая 10")).towns == {}
    assert reader.read(read_tokens("Нур-Султан, Абая 10")).towns == {}


def test_all_hints_are_explained(reader):
    text = "Алматы, Ауэзовский р-н, Абая 10"

    explained = reader.read(read_tokens(text)).explained

    assert words(text, explained) == {"алматы", "ауэзовский", "район"}


def test_a_campaign_without_districts_reads_texts_too():
    assert HintReader(Names(), []).read(read_tokens("Медеуский р-н, Абая 10")).district is None


def test_towns_are_listed_as_folded_words():
    assert ("астана",) in other_towns()
    assert all(towns for towns in other_towns())


PIECES = st.sampled_from(
    ["Алматы", "г.", "город", "Астана", "Медеуский", "р-н", "ауданы", "Абая", "10", ",", "мкр"]
)


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join)))
def test_no_text_raises_and_hints_are_tokens_of_the_text(reader, text):
    tokens = read_tokens(text)

    assert reader.read(tokens).explained <= set(range(len(tokens)))
