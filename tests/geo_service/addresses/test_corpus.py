"""The corpus of typed addresses: in the sample city, which it was written for, and on real streets."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo_service.evaluation.corpus import read_corpus
from geo_service.evaluation.judging import evaluate

CORPUS = Path(__file__).resolve().parents[2] / "data" / "address_queries.csv"


@pytest.fixture(scope="module")
def corpus():
    return read_corpus(CORPUS)


@pytest.fixture(scope="module")
def in_the_sample_city(corpus, sample_finder):
    return evaluate(sample_finder, corpus)


@pytest.fixture(scope="module")
def on_real_streets(corpus, real_streets_finder):
    return evaluate(real_streets_finder, corpus, is_own=False)


def _listed(report, *, only_found=False):
    """The wrong rows, one a line, for the message of a failure."""
    return "\n".join(
        f"{wrong.row.query[:80]!r} expects {wrong.row.expected()}; given {wrong.given}"
        for wrong in report.wrong
        if wrong.is_wrong_as_found or not only_found
    )


def test_every_row_is_judged_in_the_sample_city(in_the_sample_city, corpus):
    assert in_the_sample_city.total.rows == len(corpus)


def test_98_of_100_queries_with_one_right_answer_have_it_first(in_the_sample_city):
    assert in_the_sample_city.total.share_at_first >= 0.98, _listed(in_the_sample_city)


def test_95_of_100_queries_of_each_class_are_right(in_the_sample_city):
    poor = {
        figures.name: f"{figures.right} of {figures.rows}"
        for figures in in_the_sample_city.classes
        if figures.share_right < 0.95
    }

    assert poor == {}, _listed(in_the_sample_city)


def test_no_wrong_answer_is_given_as_found(in_the_sample_city):
    assert in_the_sample_city.total.wrong_as_found == 0, _listed(in_the_sample_city, only_found=True)


def test_half_of_the_corpus_can_be_asked_of_the_real_streets(on_real_streets, corpus):
    assert on_real_streets.total.rows >= len(corpus) / 2


def test_95_of_100_queries_with_one_right_answer_have_it_first_on_real_streets(on_real_streets):
    assert on_real_streets.total.share_at_first >= 0.95, _listed(on_real_streets)


def test_no_wrong_answer_is_given_as_found_on_real_streets(on_real_streets):
    assert on_real_streets.total.wrong_as_found == 0, _listed(on_real_streets, only_found=True)
