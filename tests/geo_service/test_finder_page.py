"""The finder's pages and answers, without a browser."""

from __future__ import annotations

import re

import pytest

from geo_service.campaign.model import LANGUAGES
from geo_service.translations import text
from tests.geo_service.html_page import HtmlPage

IN_9 = {"lat": "43.2290", "lon": "76.9225"}

#: A question for every state of an answer.
QUESTIONS = {
    "found": {"q": "Абая 45"},
    "ambiguous": {"q": "144 мектеп"},
    "street_only": {"q": "Толе би"},
    "house_unknown": {"q": "Абая 999"},
    "outside": {"lat": "43.9", "lon": "77.5"},
    "not_found": {"q": "ывапывп"},
    "personal_number": {"personal": "1"},
    "bad_point": {"lat": "x", "lon": "76.9"},
    "swapped": {"lat": "76.9225", "lon": "43.229"},
    "empty": {"q": "  "},
}


@pytest.fixture(scope="module")
def client(app):
    # Of a reader whose browser keeps nothing.
    return app.test_client(use_cookies=False)


@pytest.fixture(scope="module")
def ask(client):
    """Ask the finder; returns its page."""

    def asked(language="ru", **arguments):
        return HtmlPage(client.get(f"/{language}/", query_string=arguments).text)

    return asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_without_a_question_asks_one_in_its_language(ask, language):
    page = ask(language)

    assert f'<html lang="{language}">' in page.source
    assert f"<h1>{text('page.question', language)}</h1>" in page.source
    assert text("page.address_question", language) in page.text()
    assert page.title == text("page.title", language)
    assert page.text("answer") == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", QUESTIONS)
def test_every_state_has_its_own_answer_in_every_language(ask, client, state, language):
    page = ask(language, **QUESTIONS[state])

    heading = page.text("answer-title")
    assert page.attributes("answer")["data-answer"] == state
    assert heading
    assert page.title.endswith(f": {text('page.title', language)}")
    assert heading.split(" ")[0] in page.title
    status = client.get(f"/{language}/", query_string=QUESTIONS[state]).status_code
    assert status == (422 if state in {"bad_point", "swapped", "empty"} else 200)


@pytest.mark.parametrize("state", [state for state in QUESTIONS if state != "found"])
def test_every_dead_end_has_the_call_centre(ask, small_campaign, state):
    page = ask("ru", **QUESTIONS[state])

    assert f"tel:{small_campaign.info.call_centre.number}" in HtmlPage(page.section).links()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", QUESTIONS)
def test_answer_alone_is_the_same_as_inside_the_page(client, state, language):
    whole = client.get(f"/{language}/", query_string=QUESTIONS[state])
    alone = client.get(f"/{language}/answer", query_string=QUESTIONS[state])

    assert HtmlPage(whole.text).section == alone.text.strip()
    assert whole.status_code == alone.status_code


def test_answer_alone_without_a_question_is_the_empty_section(client):
    assert HtmlPage(client.get("/ru/answer").text).section == HtmlPage(client.get("/ru/").text).section


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_of_a_house_says_number_mark_address_and_station(ask, language):
    page = ask(language, q="Абая 45")

    answer = page.text("answer")
    assert page.text("answer-title").split()[-1] == text("mark.sample", language)
    assert text("page.number", language, number=12) in answer
    assert text("answer.by_registered", language) in answer
    assert "144" in answer
    assert "07:00–20:00" in answer
    assert text("answer.method.house_list", language) in answer
    assert page.title.startswith(f"{text('page.precinct', language)} ")
    assert f"({text('mark.sample', language)})" in page.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_of_a_point_says_that_the_registered_address_decides(ask, language):
    assert text("note.registered_address", language) in ask(language, **IN_9).text("answer")


def test_selection_tells_the_map_what_to_mark(ask):
    assert ask("ru", q="Абая 45").selection == {
        "point": {"lon": 76.9051, "lat": 43.2261},
        "precinct": 12,
        "station": {"lon": 76.9052, "lat": 43.2263},
        "mark": text("mark.sample", "ru"),
        "near": None,
    }


@pytest.mark.parametrize("state", ["not_found", "ambiguous", "personal_number", "empty", "bad_point"])
def test_answer_without_a_place_on_the_map_selects_nothing(ask, state):
    assert ask("ru", **QUESTIONS[state]).selection is None


def test_street_whose_house_is_missing_tells_the_map_where_to_look(ask):
    selection = ask("ru", **QUESTIONS["street_only"]).selection

    assert selection["precinct"] is None
    assert selection["near"]["lon"] == pytest.approx(76.91, abs=0.02)


@pytest.mark.parametrize("language", LANGUAGES)
def test_old_name_is_said_with_the_present_one(ask, language):
    said = ask(language, q="Комсомольская 7").text("answer")

    assert "Комсомольская → " in said


def test_choices_of_places_lead_to_their_own_answers(ask, client):
    page = HtmlPage(ask("ru", q="Абая 999").section)

    addresses = [values["href"] for tag, values in page.tags if tag == "a" and "data-find" in values]
    assert addresses
    for address in addresses:
        assert HtmlPage(client.get(address).text).attributes("answer")["data-answer"] == "found", address


def test_choices_of_precincts_carry_the_mark_and_lead_to_their_answers(ask, client):
    page = HtmlPage(ask("ru", q="144 мектеп").section)

    addresses = [values["href"] for tag, values in page.tags if tag == "a" and "data-find" in values]
    marks = page.source.count('class="mark"')
    assert len(addresses) == marks > 7
    numbers = [HtmlPage(client.get(address).text).text("answer-title") for address in addresses]
    assert len(set(numbers)) == len(addresses)


def test_of_many_choices_seven_are_shown_and_the_others_are_behind_more(ask):
    section = ask("ru", q="144 мектеп").section

    shown, more = section.split('<details class="more">')
    assert shown.count("<li>") == 7
    assert more.count("<li>") > 0


def test_house_that_is_missing_can_be_asked_for_at_the_street_that_was_found(ask, client):
    form = HtmlPage(ask("ru", q="Абая").section)
    fields = {values["name"]: values.get("value", "") for tag, values in form.tags if tag == "input"}

    page = HtmlPage(client.get("/ru/", query_string={**fields, "q": "45"}).text)

    assert text("page.number", "ru", number=12) in page.text("answer-title")
    assert page.attributes("q")["value"] == "проспект Абая, 45"


def test_place_of_another_campaign_in_a_link_is_not_minded(ask):
    assert ask("ru", q="Абая 45", place="999", district="nowhere").selection["precinct"] == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_swapped_axes_are_noticed_and_the_exchanged_point_is_one_click_away(ask, client, language):
    page = ask(language, **QUESTIONS["swapped"])

    exchanged = f"/{language}/?lat=43.229&lon=76.9225"
    assert exchanged in page.links()
    assert HtmlPage(client.get(exchanged).text).selection["precinct"] == 9


def test_position_that_is_not_exact_is_said_to_be_rough(ask):
    exact, rough = ask("ru", **IN_9, accuracy="12"), ask("ru", **IN_9, accuracy="240")

    assert text("answer.rough", "ru", distance="240 м") in rough.text("answer")
    assert "точностью" not in exact.text("answer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_unknown_of_a_station_is_said_in_one_phrase_after_what_is_known(ask, language):
    answer = ask(language, lat="43.2215", lon="76.9380").text("answer")

    missing = text("page.facts_missing", language, facts=text("page.fact.sign_language.unknown", language))
    assert answer.index(text("page.fact.parking.yes", language)) < answer.index(missing)


def test_station_has_its_telephone_as_a_link(ask):
    assert "tel:+77270000002" in ask("ru", q="2").links()


def test_special_precinct_says_who_votes_there(ask):
    page = ask("ru", q="901")

    district = re.search(r'<p class="district">(.*?)</p>', page.section)[1]
    assert text("answer.by_registered", "ru") not in district
    assert "временно" in page.text("answer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_reader_may_do_with_an_answer(ask, language):
    page = ask(language, q="Абая 45")

    links = page.links()
    services = [link for link in links if link.startswith(("https://", "geo:"))]
    assert f"/{language}/precinct/12/poster" in links
    assert f"/{language}/precinct/12" in links
    assert any(link.startswith(f"/{language}/report?precinct=12&place=1&house=45") for link in links)
    hosts = {re.match(r"https://([^/]+)|geo:", link)[0] for link in services}
    assert hosts == {"https://2gis.kz", "https://yandex.kz", "https://www.google.com",
                     "https://www.openstreetmap.org", "geo:", "https://wa.me", "https://t.me"}  # fmt: skip


def test_shared_words_carry_the_mark_and_the_whole_address(ask):
    page = ask("ru", q="Абая 45")
    menu = next(values for tag, values in page.tags if "data-share" in values)

    assert text("mark.sample", "ru") in menu["data-text"]
    assert menu["data-url"].startswith("http://localhost/ru/?q=")


def test_no_other_host_is_named_but_in_links_that_a_reader_follows(ask):
    page = ask("ru", q="Абая 45")

    for tag, values in page.tags:
        for name, value in values.items():
            if "//" in value and not (tag == "a" or name == "data-url" or tag in {"meta", "link"}):
                assert name == "content" or value.startswith("/"), (tag, name, value)
    fetched = [values[name] for tag, values in page.tags for name in ("src", "srcset") if name in values]
    assert all(value.startswith("/") for value in fetched + page.files())


def test_page_without_scripts_has_a_picture_of_the_map_of_a_fixed_size(ask):
    page = ask("ru", q="Абая 45")

    picture = next(values for tag, values in page.tags if tag == "img")
    assert "precinct=12" in picture["src"]
    assert text("mark.sample", "ru") in picture["alt"]
    assert picture["width"].isdecimal()
    assert picture["height"].isdecimal()


def test_preview_of_a_shared_link_has_the_mark_and_a_whole_address_of_its_picture(ask):
    page = ask("kk", q="Абай 45")

    meta = {values.get("property"): values.get("content") for tag, values in page.tags if tag == "meta"}
    assert text("mark.sample", "kk") in meta["og:title"]
    assert meta["og:image"].startswith("http://localhost/kk/map.png?")
    assert "76.9" not in meta["og:image"]
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")


@pytest.mark.parametrize("question", [{"lat": "43.9", "lon": "77.5"}, {"q": "Каскелен, Абая 5"}])
def test_who_is_registered_in_another_city_is_told_where_to_read_on(ask, client, question):
    page = ask("ru", **question)

    (address,) = [link for link in page.links() if "registered=another_city" in link]
    assert page.attributes("answer")["data-answer"] == "outside"
    assert client.get(address).status_code == 200


def test_point_far_from_the_city_moves_no_map(ask):
    assert ask("ru", lat="43.9", lon="77.5").selection is None


def test_every_language_of_a_page_is_linked_with_the_question(ask):
    page = ask("ru", q="Абая 45")

    alternates = {
        values["hreflang"]: values["href"] for tag, values in page.tags if values.get("rel") == "alternate"
    }
    assert set(alternates) == set(LANGUAGES)
    assert alternates["kk"].startswith("http://localhost/kk/?q=")
    links = {values["data-language"]: values["href"] for _, values in page.tags if "data-language" in values}
    assert links["kk"].startswith("/kk/?q=")


def test_answer_with_somebodys_address_is_kept_by_no_cache(client):
    for path in ("/ru/", "/ru/answer"):
        assert client.get(path, query_string={"q": "Абая 45"}).headers["Cache-Control"] == "private, no-store"
    assert "no-store" not in client.get("/ru/").headers["Cache-Control"]
