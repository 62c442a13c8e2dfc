"""Queries made from the places themselves: nearly all are answered, next to none is guessed wrongly."""

from __future__ import annotations

from collections import Counter

import pytest

from geo_service.addresses.house_numbers import canonical
from tests.geo_service.addresses.query_generator import QueryGenerator

COUNT = 20_000


def judge(query, answer):
    """What an answer is worth: ``found``, ``choice`` with the right house in it, ``guess`` or ``miss``."""
    if answer.status == "found":
        return "found" if _is_meant(query, answer.place) else "guess"
    is_offered = any(_is_meant(query, candidate.place) for candidate in answer.candidates)
    return "choice" if answer.status == "ambiguous" and is_offered else "miss"


def _is_meant(query, given):
    """Whether a place of an answer is the right one; a choice may leave the house to be asked for."""
    if given is None or given.place.id != query.place.id:
        return False
    return given.number is not None and canonical(given.number) == canonical(query.house.number)


def in_words(query, answer):
    """A query and its answer, for the message of a failure."""
    given = [answer.place.label("ru")] if answer.place is not None else []
    given += [candidate.label("ru") for candidate in answer.candidates[:4]]
    meant = f"{query.place.kind} {query.place.names.best('ru')} {query.house.number} ({query.house.district})"
    return f"{query.text!r} [{' '.join(query.traits)}] asks for {meant}: {answer.status}: {'; '.join(given)}"


@pytest.fixture(scope="module")
def judged(sample_finder):
    """Every query with its answer and what that is worth, by worth."""
    by_worth = {"found": [], "choice": [], "guess": [], "miss": []}
    for query in QueryGenerator(sample_finder.campaign).queries(COUNT):
        answer = sample_finder.by_address(query.text)
        by_worth[judge(query, answer)].append((query, answer))
    return by_worth


def test_the_same_seed_makes_the_same_queries(sample_finder):
    first, second = (QueryGenerator(sample_finder.campaign, seed=7).queries(100) for _ in range(2))

    assert list(first) == list(second)


def test_generated_queries_are_of_every_kind(judged):
    traits = Counter(trait for pairs in judged.values() for query, _ in pairs for trait in query.traits)

    assert min(traits.values()) >= COUNT / 200, traits
    assert (
        sum(traits[edit] for edit in ("substitution", "deletion", "insertion", "transposition"))
        >= COUNT * 0.4
    )


def test_99_of_100_generated_queries_are_answered_or_honestly_ambiguous(judged):
    wrong = [in_words(*pair) for pair in judged["guess"] + judged["miss"]]

    assert len(wrong) <= COUNT / 100, "\n".join(wrong)


def test_at_most_1_of_1000_generated_queries_is_wrong_as_found(judged):
    wrong = [in_words(*pair) for pair in judged["guess"]]

    assert len(wrong) <= COUNT / 1000, "\n".join(wrong)
