"""The questions page: what it answers depends on where one is registered and on the minute."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import re
import zoneinfo

import pytest

from geo_service.campaign.file import write_campaign
from geo_service.campaign.model import LANGUAGES, CallCentre, Names, Rule
from geo_service.campaign.rules import REGISTRATIONS, rules_at
from geo_service.sample_city.facts import campaign_info
from geo_service.settings import Settings
from geo_service.translations import text
from geo_service.web.app import create_app

ALMATY = zoneinfo.ZoneInfo("Asia/Almaty")
INFO = campaign_info()


class SetClock:
    """A clock that shows what a test sets."""

    def __init__(self):
        self.moment = None

    def __call__(self):
        return self.moment


class Reader:
    """Reads the questions page of one campaign at a moment by the clocks of Almaty."""

    def __init__(self, path, store):
        self._clock = SetClock()
        self._client = create_app(Settings(store=store, campaign=path), clock=self._clock).test_client()

    def read(self, language, moment, registered=None):
        """The page as a browser understands it, with its entities replaced."""
        return html.unescape(self.source(language, moment, registered))

    def source(self, language, moment, registered=None):
        """The page as it is sent."""
        self._clock.moment = dt.datetime.fromisoformat(moment).replace(tzinfo=ALMATY)
        query = f"?registered={registered}" if registered else ""
        response = self._client.get(f"/{language}/questions{query}")
        assert response.status_code == 200
        return response.text


@pytest.fixture(scope="module")
def reader(small_campaign, tmp_path_factory):
    """A reader of the small campaign with the rules of the sample city."""
    return _reader_of(small_campaign, tmp_path_factory.mktemp("questions"), INFO)


def _reader_of(campaign, directory, info):
    write_campaign(directory / "campaign.gpkg", dataclasses.replace(campaign, info=info))
    return Reader(directory / "campaign.gpkg", directory / "store")


def rule(name, moment):
    return next(rule for rule in rules_at(INFO.rules, dt.datetime.fromisoformat(moment)) if rule.id == name)


def in_page(answer, page):
    """Whether every paragraph of an answer stands in a page."""
    number = INFO.call_centre.number
    filled = answer.replace("{call_centre}", f'<a href="tel:{number}">{number}</a>')
    return all(part.strip() in page for part in filled.split("\n\n"))


def section(page, name):
    """The element of a page with an id, up to the next section."""
    return re.search(rf'<section[^>]* id="{name}".*?</section>', page, re.DOTALL)[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("absentee-certificate", "2026-03-14T17:59", "2026-03-14T18:01"),
        ("home-voting", "2026-03-15T11:59", "2026-03-15T12:01"),
        ("not-on-the-list", "2026-03-14T23:59", "2026-03-15T00:01"),
    ],
)
def test_answer_changes_when_its_deadline_passes(reader, language, name, before, after):
    early, late = (section(reader.read(language, moment), name) for moment in (before, after))

    open_answer, closed_answer = (rule(name, moment).answer.best(language) for moment in (before, after))
    assert open_answer != closed_answer
    assert in_page(open_answer, early)
    assert in_page(closed_answer, late)
    assert not in_page(open_answer, late)
    assert not in_page(closed_answer, early)


def test_certificate_is_issued_until_six_and_not_after(reader):
    early = reader.read("en", "2026-03-14T17:59", "another_city")
    late = reader.read("en", "2026-03-14T18:01", "another_city")

    assert "How do I get an absentee certificate?" in section(early, "answer")
    assert "No: absentee certificates were issued until 18:00 on 14 March." in section(late, "answer")


def test_application_for_home_voting_is_taken_until_noon_and_not_after(reader):
    early, late = (reader.read("ru", f"2026-03-15T{time}", "here") for time in ("11:59", "12:01"))

    assert "Подайте заявление в комиссию своего участка до 12:00 15 марта." in section(early, "answer")
    assert "Нет: заявления о голосовании на дому принимали до 12:00 15 марта." in section(late, "answer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_begins_with_the_question_where_one_is_registered(reader, language):
    page = reader.read(language, "2026-03-10T12:00")

    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert headings[0] == text("questions.where", language)
    for registration in REGISTRATIONS:
        assert text(f"questions.registered.{registration}", language) in page
        assert f'href="/{language}/questions?registered={registration}#answer"' in page
    assert 'id="answer"' not in page
    assert 'aria-current="true"' in page  # of the language only
    assert page.count("<form") == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("registration", REGISTRATIONS)
def test_situation_is_answered_with_its_rules_and_no_others(reader, language, registration):
    moment = "2026-03-10T12:00"

    answer = section(reader.read(language, moment, registration), "answer")

    for one in rules_at(INFO.rules, dt.datetime.fromisoformat(moment)):
        assert (f"<h3>{one.question.best(language)}</h3>" in answer) == (registration in one.registrations)
    assert text(f"questions.registered.{registration}", language) in answer
    assert 'href="tel:1308"' in answer


@pytest.mark.parametrize(
    ("registration", "is_offered"),
    [
        ("here", True),
        ("elsewhere_in_city", True),
        ("temporary", True),
        ("another_city", False),
        ("nowhere", False),
    ],
)
def test_finder_is_offered_where_an_address_in_the_city_decides(reader, registration, is_offered):
    answer = section(reader.read("ru", "2026-03-10T12:00", registration), "answer")

    assert ('href="/ru/"' in answer) == is_offered


def test_chosen_situation_is_told_to_screen_readers(reader):
    page = reader.read("en", "2026-03-10T12:00", "temporary")

    assert re.search(r'registered=temporary#answer" aria-current="true"', page)
    assert page.count('#answer" aria-current') == 1


@pytest.mark.parametrize("said", ["mars", "", "<script>", "here&registered=nowhere"])
def test_what_nobody_offered_is_as_if_nothing_was_said(reader, said):
    page = reader.read("ru", "2026-03-10T12:00", said)

    assert ('id="answer"' in page) == said.startswith("here")
    assert "<script>" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_an_address_of_its_own(reader, language):
    moment = "2026-03-15T13:00"
    page = reader.read(language, moment)

    for one in rules_at(INFO.rules, dt.datetime.fromisoformat(moment)):
        assert f'href="#{one.id}"' in page
        assert one.question.best(language) in section(page, one.id)
        assert in_page(one.answer.best(language), section(page, one.id))
        assert one.source in section(page, one.id)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "2026\u202fж. 14 наурыз, 17:59"),
        ("ru", "14 марта 2026\u202fг., 17:59"),
        ("en", "14 March 2026, 17:59"),
    ],
)
def test_page_says_as_of_which_moment_it_holds(reader, language, words):
    assert words in reader.read(language, "2026-03-14T17:59")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-03-10T12:00", "Voting: 15 March 2026, 07:00–20:00 (in 5 days)"),
        ("2026-03-15T06:30", "Voting today: 07:00–20:00"),
        ("2026-03-15T12:00", "Voting is under way today"),
        ("2026-03-15T20:00", "Voting has ended. Precincts were open"),
        ("2026-03-16T08:00", "This vote is over"),
    ],
)
def test_page_knows_the_phase(reader, moment, words):
    assert words in reader.read("en", moment)


@pytest.mark.parametrize(
    ("moment", "words"),
    [("2026-03-15T07:59", "closed now, opens at 08:00"), ("2026-03-15T08:00", "open now, until 20:00")],
)
def test_page_says_whether_the_call_centre_answers(reader, moment, words):
    assert words in reader.read("en", moment)


@pytest.mark.parametrize("language", LANGUAGES)
def test_number_of_the_call_centre_is_that_of_the_campaign(small_campaign, tmp_path, language):
    changed = dataclasses.replace(INFO, call_centre=CallCentre("0318", "08:00", "20:00"))

    page = _reader_of(small_campaign, tmp_path, changed).read(language, "2026-03-10T12:00", "nowhere")

    assert "0318" in section(page, "no-registration")
    assert "1308" not in page
    assert "{call_centre}" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_call_centre_the_answers_name_the_commission(small_campaign, tmp_path, language):
    without = dataclasses.replace(INFO, call_centre=None)

    page = _reader_of(small_campaign, tmp_path, without).read(language, "2026-03-10T12:00", "nowhere")

    assert text("questions.commission", language) in page
    assert "tel:" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_campaign_without_rules_says_so_and_gives_the_call_centre(small_campaign, tmp_path, language):
    bare = dataclasses.replace(INFO, rules=())

    page = _reader_of(small_campaign, tmp_path, bare).read(language, "2026-03-10T12:00", "here")

    assert text("questions.none", language) in page
    assert 'href="tel:1308"' in page
    assert text("questions.where", language) not in page


def test_campaign_with_neither_rules_nor_call_centre_names_the_commission(small_campaign, tmp_path):
    bare = dataclasses.replace(INFO, rules=(), call_centre=None)

    page = _reader_of(small_campaign, tmp_path, bare).read("en", "2026-03-10T12:00")

    assert text("questions.none_without_centre", "en") in page


def test_case_without_a_rule_is_said_to_have_none(small_campaign, tmp_path):
    few = dataclasses.replace(
        INFO, rules=tuple(one for one in INFO.rules if "nowhere" not in one.registrations)
    )

    page = _reader_of(small_campaign, tmp_path, few).read("en", "2026-03-10T12:00", "nowhere")

    assert text("questions.no_answer", "en") in section(page, "answer")


def test_texts_of_the_campaign_cannot_become_markup(small_campaign, tmp_path):
    evil = Rule("evil", Names(ru="<b>?</b>"), Names(ru="<script>alert(1)</script>"), registrations=("here",))
    reader = _reader_of(small_campaign, tmp_path, dataclasses.replace(INFO, rules=(evil,)))

    page = reader.source("ru", "2026-03-10T12:00", "here")

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
