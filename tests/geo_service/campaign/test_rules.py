"""Rules of the vote: when they hold, how recipes state them, and how the campaign file keeps them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from geo_service.campaign.content_hash import content_hash, info_values
from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.campaign.model import LANGUAGES, Names, Rule
from geo_service.campaign.recipe import load_recipe
from geo_service.campaign.rules import REGISTRATIONS, rules_at, rules_from, rules_to
from geo_service.campaign.rules_entry import RuleEntries
from geo_service.errors import DamagedCampaignError, RecipeError
from geo_service.sample_city.facts import campaign_info
from tests.geo_service.campaign import towns

RULE = Rule(
    "certificate",
    Names("Сұрақ?", "Вопрос?", "Question?"),
    Names("Жауап", "Ответ", "Answer"),
    begins="2026-02-27T09:00",
    ends="2026-03-14T18:00",
    registrations=("another_city", "temporary"),
    link="https://example.org",
    source="a page",
)
WHOLE = """
[[campaign.rules]]
id = "certificate"
question = { kk = "Сұрақ?", ru = "Вопрос?", en = "Question?" }
answer = { kk = "Жауап", ru = "Ответ", en = "Answer" }
begins = 2026-02-27T09:00:00
ends = "2026-03-14 18:00"
registrations = ["another_city", "temporary"]
link = "https://example.org"
source = "a page"
"""
PLAIN = """
[[campaign.rules]]
id = "certificate"
question.ru = "Вопрос?"
answer.ru = "Ответ"
"""


def at(text):
    return dt.datetime.fromisoformat(text)


def read(tmp_path, rules):
    return load_recipe(towns.recipe(tmp_path, towns.DISTRICTS, campaign=towns.CAMPAIGN + rules)).info.rules


def refuse(tmp_path, rules):
    with pytest.raises(RecipeError) as caught:
        read(tmp_path, rules)
    return caught.value


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        ("2026-02-27T08:59:59", False),
        ("2026-02-27T09:00:00", True),
        ("2026-03-14T17:59:59", True),
        ("2026-03-14T18:00:00", False),
    ],
)
def test_rule_holds_from_its_first_minute_until_before_its_last(moment, holds):
    assert RULE.holds_at(at(moment)) == holds


def test_rules_keep_their_order():
    first, last = dataclasses.replace(RULE, id="b"), dataclasses.replace(RULE, id="a")

    assert rules_at((first, last), at("2026-03-01T12:00")) == (first, last)


def test_recipe_states_every_field(tmp_path):
    assert read(tmp_path, WHOLE) == (RULE,)


def test_rule_of_a_recipe_needs_no_more_than_question_and_answer(tmp_path):
    assert read(tmp_path, PLAIN) == (Rule("certificate", Names(ru="Вопрос?"), Names(ru="Ответ")),)


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        ('begins = "14.03.2026 18:00"', "begins", "is not a local moment"),
        ("begins = 2026-03-14", "begins", "is not a local moment"),
        ('ends = "2026-03-14"', "ends", "is not a local moment"),
        ("ends = 2026-03-14T18:00:00+05:00", "ends", "without an offset"),
        ("ends = 2026-03-14T18:00:30", "ends", "whole minute"),
        ("ends = 2026-03-14T25:00:00", None, "not TOML"),
        ('registrations = ["abroad"]', "registrations", "'elsewhere_in_city'"),
        ('registrations = "here"', "registrations", "a list"),
        ('link = "javascript:alert(1)"', "link", "no web address"),
        ('when = "later"', "when", 'no key "when"'),
    ],
)
def test_wrong_value_is_refused_with_its_place(tmp_path, line, field, words):
    error = refuse(tmp_path, PLAIN + line + "\n")

    assert words in str(error)
    assert error.place.field == (field and f"campaign.rules.{field}")
    assert error.place.item == (field and "entry 1")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "certificate"', 'id = "Absentee certificate"', "small Latin letters"),
        ('question.ru = "Вопрос?"', "", 'key "question" is missing'),
        ('answer.ru = "Ответ"', "answer = {}", "at least one of kk, ru, en"),
        ("Ответ", "Звоните {number}", "{call_centre}"),
        ("Ответ", "Звоните {", "{call_centre}"),
    ],
)
def test_wrong_rule_is_refused(tmp_path, old, new, words):
    assert words in str(refuse(tmp_path, PLAIN.replace(old, new)))


def test_answer_may_leave_the_number_to_the_page(tmp_path):
    rule = read(tmp_path, PLAIN.replace("Ответ", "Звоните: {call_centre}"))[0]

    assert rule.answer.ru == "Звоните: {call_centre}"


def test_rule_that_ends_before_it_begins_is_refused(tmp_path):
    moments = "begins = 2026-03-14T18:00:00\nends = 2026-03-14T18:00:00\n"

    assert "must come before" in str(refuse(tmp_path, PLAIN + moments))


@pytest.mark.parametrize("second", ["", "begins = 2026-03-14T17:59:00\n"])
def test_two_rules_of_one_id_at_the_same_time_are_refused(tmp_path, second):
    first = PLAIN + "ends = 2026-03-14T18:00:00\n"

    error = refuse(tmp_path, first + PLAIN + second)

    assert 'id "certificate"' in str(error)


def test_rule_may_follow_another_of_its_id(tmp_path):
    rules = read(tmp_path, PLAIN + "ends = 2026-03-14T18:00:00\n" + PLAIN + "begins = 2026-03-14T18:00:00\n")

    for moment in ("2026-03-14T17:59", "2026-03-14T18:00"):
        assert len(rules_at(rules, at(moment))) == 1


def test_texts_by_key_are_refused_with_the_way_to_write_rules(tmp_path):
    error = refuse(tmp_path, 'rules = { document = { kk = "Жеке куәлік" } }\n')

    assert "[[campaign.rules]]" in str(error)


def test_file_keeps_rules_and_gives_them_back(small_campaign, tmp_path):
    info = dataclasses.replace(small_campaign.info, rules=(RULE, dataclasses.replace(RULE, id="another")))
    campaign = dataclasses.replace(small_campaign, info=info)

    write_campaign(tmp_path / "rules.gpkg", campaign)

    assert open_campaign(tmp_path / "rules.gpkg").campaign.info.rules == info.rules


@pytest.mark.parametrize("with_rules", [True, False])
def test_file_says_by_its_version_that_it_has_rules(small_campaign, tmp_path, with_rules):
    info = dataclasses.replace(small_campaign.info, rules=(RULE,) if with_rules else ())
    path = tmp_path / "file.gpkg"

    write_campaign(path, dataclasses.replace(small_campaign, info=info))

    with sqlite3.connect(path) as database:
        facts = {key: json.loads(value) for key, value in database.execute("SELECT key, value FROM campaign")}
    assert facts["format_version"] == (3 if with_rules else 1)
    assert bool(facts["info"]["rules"]) == with_rules


def test_vote_without_rules_keeps_the_hash_that_it_always_had(small_campaign):
    info = dataclasses.replace(small_campaign.info, rules=())

    assert info_values(info)["rules"] == {}


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Rule)])
def test_any_changed_field_of_a_rule_changes_the_hash(small_campaign, field):
    others = {
        "question": Names(ru="?"), "answer": Names(ru="!"), "begins": None, "ends": None,
        "registrations": (), "link": None,
    }  # fmt: skip
    changed = dataclasses.replace(RULE, **{field: others.get(field, "another")})

    hashes = {
        content_hash(
            dataclasses.replace(small_campaign, info=dataclasses.replace(small_campaign.info, rules=(rule,)))
        )
        for rule in (RULE, changed)
    }

    assert len(hashes) == 2


def test_order_of_rules_changes_the_hash(small_campaign):
    rules = (RULE, dataclasses.replace(RULE, id="another"))

    hashes = {
        content_hash(
            dataclasses.replace(small_campaign, info=dataclasses.replace(small_campaign.info, rules=order))
        )
        for order in (rules, rules[::-1])
    }

    assert len(hashes) == 2


def test_texts_by_key_of_earlier_files_are_refused(small_campaign, tmp_path):
    path = tmp_path / "old.gpkg"
    write_campaign(path, small_campaign)
    with sqlite3.connect(path) as database:
        info = json.loads(database.execute("SELECT value FROM campaign WHERE key = 'info'").fetchone()[0])
        info["rules"] = {"document": {"kk": "Жеке куәлік"}}
        database.execute("UPDATE campaign SET value = ? WHERE key = 'info'", (json.dumps(info),))

    with pytest.raises(DamagedCampaignError, match="texts by key"):
        open_campaign(path)


@given(st.lists(st.sampled_from(REGISTRATIONS), max_size=5), st.none() | st.just("2026-03-01T00:00"))
def test_what_is_written_is_read_again(registrations, begins):
    rules = (dataclasses.replace(RULE, registrations=tuple(registrations), begins=begins),)

    assert rules_from(json.loads(json.dumps(rules_to(rules)))) == rules


class TestSampleRules:
    """The rules of March 2026 that come with the sample city."""

    info = campaign_info()

    def test_they_are_what_a_recipe_could_state(self):
        stated = TypeAdapter(RuleEntries).validate_python(rules_to(self.info.rules))

        assert tuple(entry.to_rule() for entry in stated) == self.info.rules

    def test_every_rule_speaks_all_languages_and_names_its_source(self):
        for rule in self.info.rules:
            for names in (rule.question, rule.answer):
                assert all(names.as_dict().values()), rule.id
            assert rule.source, rule.id

    @pytest.mark.parametrize("registration", REGISTRATIONS)
    @pytest.mark.parametrize(
        "moment",
        ["2026-02-01T12:00", "2026-03-14T17:59", "2026-03-14T18:01", "2026-03-15T12:01", "2026-03-20T12:00"],
    )
    def test_at_any_moment_there_is_an_answer_for_everybody(self, registration, moment):
        rules = rules_at(self.info.rules, at(moment))

        assert any(registration in rule.registrations for rule in rules)

    def test_no_answer_holds_a_number_of_the_call_centre(self):
        for rule, language in itertools.product(self.info.rules, LANGUAGES):
            assert not {"1308", "0318", "1315"} & set(rule.answer.best(language).split()), rule.id
