"""The real addresses of the stations of 2021: split rightly, and found among the real streets."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geo_service.addresses.letters import fold, plain, skeleton, stem
from geo_service.addresses.split import AddressParts, split_address

EXPECTED = Path(__file__).resolve().parents[2] / "data" / "station_addresses_2021.csv"
FIRST = 5  # candidates that a resident looks at


@pytest.fixture(scope="module")
def expected():
    """What each address consists of."""
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return {row["address"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def stations(almaty_data):
    """The 253 rows of the source."""
    with (almaty_data / "stations_2021.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _comparable(parts):
    return parts.kind, skeleton(parts.name), parts.house, skeleton(parts.microdistrict)


def test_every_station_address_is_split_into_kind_name_and_house(stations, expected):
    wrong = {}
    for station in stations:
        row = expected[station["address"]]
        right = AddressParts(row["kind"], row["name"], row["house"], row["microdistrict"])
        given = split_address(station["address"])
        if given is None or _comparable(given) != _comparable(right):
            wrong[station["address"]] = given

    assert len(stations) == 253
    assert wrong == {}


def test_170_of_182_street_addresses_find_their_real_street(stations, expected, real_streets_finder):
    at_streets = [row["address"] for row in stations if expected[row["address"]]["kind"] != "microdistrict"]
    names = _Names(real_streets_finder.campaign)

    misses = {}
    for address in at_streets:
        answer = real_streets_finder.by_address(address)
        given = [answer.place, *(candidate.place for candidate in answer.candidates[:FIRST])]
        places = [one for one in given if one is not None]
        if not any(names.is_called(one.place, expected[address]["name"]) for one in places):
            misses[address] = f"{answer.status}: {[one.label('ru') for one in places[:2]]}"
    found = sum(address not in misses for address in at_streets)

    assert len(at_streets) == 182
    assert found >= 170, "\n".join(f"{address}: {given}" for address, given in misses.items())


class _Names:
    """What the places of a campaign are called, old and colloquial names included."""

    def __init__(self, campaign):
        self._aliases = {}
        for alias in campaign.aliases:
            self._aliases.setdefault(alias.place, []).append(alias.name)

    def is_called(self, place, name):
        """Whether a place has a name with all words of another: Шаяхметова in Жумабека Шаяхметова.

        Words may be written apart or together: Аккайнар, Ак-Кайнар.
        """
        own = [*filter(None, place.names.as_dict().values()), *self._aliases.get(place.id, [])]
        wanted = _stems(name)
        return any(set(wanted) <= set(_stems(one)) or _glued(wanted) == _glued(_stems(one)) for one in own)


def _stems(name):
    return [stem(word) for word in plain(name).replace("-", " ").split()]


def _glued(stems):
    return fold("".join(stems))
