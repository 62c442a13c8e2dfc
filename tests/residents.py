"""What residents ask about, in the small campaign with some addresses more, and the pages that they see."""

from __future__ import annotations

import dataclasses
from urllib.parse import quote

from shapely import LineString

from geo_service.campaign.model import Alias, Campaign, House, Language, Names, Place

MARKET, ANGLE, OLD_MARKET = 106, 107, 108
NAMES = {
    MARKET: Names("Жібек жолы", "Жибек жолы", "Zhibek Zholy"),
    ANGLE: Names("Сейфуллин", "Сейфуллина", "Seifullin"),
}
HOUSE = (76.9226, 43.2291)  # Zhibek Zholy 5, in precinct 9
PERSONAL_NUMBER = "012345678901"

# The street of the market votes in two precincts: who is not in the list of its houses has to look closer.
_PLACES = (
    Place(
        MARKET,
        "street",
        NAMES[MARKET],
        ("bostandyk", "medeu"),
        None,
        LineString([(76.9215, 43.2285), (76.9315, 43.2325)]),
    ),
    # Two streets of one name.
    Place(ANGLE, "street", NAMES[ANGLE], ("almaly",)),
    Place(OLD_MARKET, "street", NAMES[ANGLE], ("medeu",)),
)
_HOUSES = (
    House(MARKET, "3", "bostandyk", 9, "sample", 20, 76.9217, 43.2286),
    House(MARKET, "5", "bostandyk", 9, "sample", 40, *HOUSE),
    House(MARKET, "9", "medeu", 14, "sample", 30, 76.9310, 43.2322),
    House(ANGLE, "10", "almaly", 12, "sample", 30, 76.9051, 43.2303),
    House(OLD_MARKET, "10", "medeu", 14, "sample", 30, 76.9361, 43.2301),
)
_OLD_NAMES: dict[Language, str] = {"kk": "Базарлық", "ru": "Горького", "en": "Bazaar"}
_TYPOS: dict[Language, str] = {"kk": "Жібек жола", "ru": "Жибек жолв", "en": "Zhibek Zhola"}


def with_more_addresses(campaign: Campaign) -> Campaign:
    """Return the small campaign with namesakes, an old name, and houses on both sides of a missing one."""
    aliases = tuple(
        Alias(MARKET, name, language, "old", None, "1993-01-01", "renamings")
        for language, name in _OLD_NAMES.items()
    )
    return dataclasses.replace(
        campaign,
        places=(*campaign.places, *_PLACES),
        houses=(*campaign.houses, *_HOUSES),
        aliases=(*campaign.aliases, *aliases),
    )


def typed(language: Language, campaign: Campaign | None = None) -> dict[str, str]:
    """Return what a resident types, by what comes of it."""
    names = NAMES if campaign is None else {place.id: place.names for place in campaign.places}
    aliases = (
        {alias.language: alias.name for alias in campaign.aliases if alias.place == MARKET}
        if campaign
        else _OLD_NAMES
    )
    market, angle = names[MARKET].best(language), names[ANGLE].best(language)
    return {
        "found": f"{market}, 5",
        "old_name": f"{aliases[language]}, 5",
        "typo": f"{_TYPOS[language]}, 5",
        "ambiguous": f"{angle}, 10",
        "street_only": f"{market}",
        "house_unknown": f"{market}, 7",
        "not_found": "Ыщщъыв 5",
        "outside": "43.2300, 76.8985",
        "near_border": "43.2300, 76.9175",
        "precinct_number": "9",
        "personal_number": PERSONAL_NUMBER,
    }


def pages(language: Language, campaign: Campaign | None = None) -> dict[str, str]:
    """Return the addresses of all pages that a resident may see, by name."""
    start = f"/{language}"
    asked = {state: f"{start}/?q={quote(text)}" for state, text in typed(language, campaign).items()}
    return {
        "front": "/",
        "finder": f"{start}/",
        **asked,
        "empty": f"{start}/?q=",
        "bad_point": f"{start}/?lat=north&lon=76.9",
        "swapped": f"{start}/?lat=76.92&lon=43.23",
        "map": f"{start}/map",
        "map_precinct": f"{start}/map?precinct=9",
        "precincts": f"{start}/precincts",
        "precinct": f"{start}/precinct/9",
        "precinct_special": f"{start}/precinct/901",
        "precinct_unknown": f"{start}/precinct/4040",
        "poster": f"{start}/precinct/9/poster",
        "questions": f"{start}/questions",
        "questions_answered": f"{start}/questions?registered=here",
        "data": f"{start}/data",
        "report": f"{start}/report?precinct=9",
        "report_empty": f"{start}/report",
        "report_thanks": f"{start}/report/thanks",
        "embed": f"{start}/embed",
        "embed_code": f"{start}/embed-code",
        "api": f"{start}/api",
        "quality": f"{start}/quality",
        "error_404": f"{start}/nothing-here",
    }


def expected_status(name: str) -> int:
    """Return the HTTP status that a page of `pages` has."""
    if name in {"error_404", "precinct_unknown"}:
        return 404
    return 422 if name in {"empty", "bad_point", "swapped"} else 200
