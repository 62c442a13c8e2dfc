"""Judging answers to a corpus: what counts as right, as a guess, as not to be judged; and bad files."""

from __future__ import annotations

import dataclasses

import pytest

from geo_service.campaign.model import House, Names, Place
from geo_service.errors import SourceError
from geo_service.evaluation.corpus import CorpusRow, read_corpus
from geo_service.evaluation.judging import evaluate
from geo_service.finder import Finder

HEADER = "query,class,district,status,kind,name_ru,house\n"


@pytest.fixture
def corpus_file(tmp_path):
    """Writes lines under the header of a corpus and returns the file."""

    def write(*lines, header=HEADER):
        path = tmp_path / "corpus.csv"
        path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


def _row(query, status, kind="", name="", house="", *, district="", group="plain"):
    return CorpusRow(2, query, group, district, status, kind, name, house)


def _verdict(finder, *row, is_own=True, **values):
    """The figures of one row that are not zero."""
    total = dataclasses.asdict(evaluate(finder, [_row(*row, **values)], is_own=is_own).total)
    return {
        name for name, figure in total.items() if figure and name not in {"name", "rows", "expecting_found"}
    }


def test_rows_are_read_with_their_numbers(corpus_file):
    path = corpus_file('"проспект Абая, 45",plain,almaly,found,avenue,Абая,45', "  ,empty,,not_found,,,")

    first, second = read_corpus(path)

    assert first == CorpusRow(2, "проспект Абая, 45", "plain", "almaly", "found", "avenue", "Абая", "45")
    assert (second.number, second.query, second.status) == (3, "  ", "not_found")
    assert first.expected() == "found avenue Абая 45 almaly"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Абая 45,,,found,avenue,Абая,45", "class"),
        ("Абая 45,plain,,guessed,avenue,Абая,45", "status"),
        ("Абая 45,plain,,found,road,Абая,45", "kind"),
        ("Абая 45,plain,,found,,,45", "kind"),
        ("Абая 45,plain,,found,avenue,,45", "name_ru"),
        ("Абая 45,plain,,ambiguous,,Абая,45", "name_ru"),
        ("участок семь,plain,,found,precinct,семь,", "name_ru"),
    ],
)
def test_a_bad_value_names_file_row_and_field(corpus_file, line, field):
    path = corpus_file("Абая 45,plain,,found,avenue,Абая,45", line)

    with pytest.raises(SourceError) as caught:
        read_corpus(path)

    assert (caught.value.place.file, caught.value.place.item) == ("corpus.csv", "row 3")
    assert caught.value.place.field == field


def test_blank_rows_count_for_the_numbers_of_those_below(corpus_file):
    path = corpus_file("Абая 45,plain,,found,avenue,Абая,45", "", ",,,,,,", "йцукен,nonsense,,not_found,,,")

    assert [row.number for row in read_corpus(path)] == [2, 5]


def test_a_corpus_without_rows_is_an_error(corpus_file):
    with pytest.raises(SourceError, match=r'"corpus.csv": The corpus has no rows'):
        read_corpus(corpus_file())


def test_a_number_longer_than_any_precincts_is_a_bad_value(corpus_file):
    with pytest.raises(SourceError, match='"…" is no precinct number'):
        read_corpus(corpus_file(f"№ 7,plain,,found,precinct,{'9' * 5000},"))


def test_nothing_judged_has_no_share(finder):
    total = evaluate(finder, [_row("Марс 1", "found", "street", "Марс", "1")]).total

    assert (total.rows, total.share_right, total.share_at_first) == (0, None, None)


def test_districts_that_the_campaign_lacks_are_named_once(finder):
    rows = [_row("Абая 45", "found", "avenue", "Абая", "45", district=code) for code in ("x", "almaly", "x")]

    report = evaluate(finder, rows)

    assert report.unknown_districts == ("x",)
    assert (report.total.rows, report.total.skipped) == (1, 2)


def test_a_missing_column_is_named(corpus_file):
    path = corpus_file(header="query,class,status,kind,name_ru,house\n")

    with pytest.raises(SourceError, match=r'"corpus.csv", row 1, field "district"'):
        read_corpus(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceError, match=r'"absent.csv": The file cannot be read'):
        read_corpus(tmp_path / "absent.csv")


@pytest.mark.parametrize(
    "row",
    [
        ("проспект Абая, 45", "found", "avenue", "Абая", "45"),
        ("Абая 12а", "found", "avenue", "АБАЯ", "12A"),
        ("№ 7", "found", "precinct", "7", ""),
        ("политехнический колледж", "found", "station", "Политехнический колледж", ""),
        ("43.2263, 76.9052", "found", "point", "", ""),
    ],
)
def test_the_expected_answer_is_found(finder, row):
    assert _verdict(finder, *row) == {"right", "found"}


@pytest.mark.parametrize(
    "row",
    [
        ("Абая", "street_only", "avenue", "Абая", ""),
        ("Абая 46", "house_unknown", "avenue", "Абая", ""),
        ("Астана, Абая 45", "outside", "", "", ""),
        ("000000000000", "personal_number", "", "", ""),
        ("№ 600", "not_found", "", "", ""),
        ("школа 144", "ambiguous", "station", "Школа-гимназия № 144", ""),
    ],
)
def test_another_status_is_right_when_it_is_given(finder, row):
    assert _verdict(finder, *row) == {"right"}


@pytest.mark.parametrize(
    "row",
    [
        ("Абая 45", "found", "street", "Толе би", "7"),
        ("Абая 45", "found", "avenue", "Абая", "12А"),
        ("Абая 45", "ambiguous", "avenue", "Абая", "45"),
        ("Абая 45", "not_found", "", "", ""),
        ("№ 7", "found", "precinct", "8", ""),
        ("43.2263, 76.9052", "outside", "", "", ""),
    ],
)
def test_found_instead_of_what_is_expected_is_wrong_as_found(finder, row):
    assert _verdict(finder, *row) == {"wrong_as_found"}


def test_another_status_than_the_expected_is_wrong(finder):
    assert _verdict(finder, "йцукен", "found", "avenue", "Абая", "45") == set()
    assert _verdict(finder, "Абая", "street_only", "street", "Толе би") == set()


def test_a_house_whose_precinct_is_not_known_is_right_but_not_found(finder):
    assert _verdict(finder, "Толе би 7", "found", "street", "Толе би", "7") == {"right", "first_candidate"}


def test_the_district_tells_houses_of_one_number_apart(finder):
    asked = ("Абая 45", "found", "avenue", "Абая", "45")

    assert _verdict(finder, *asked, district="almaly") == {"right", "found"}
    assert _verdict(finder, *asked, district="medeu") == {"skipped"}


@pytest.mark.parametrize(
    "row",
    [
        ("Абая 46", "found", "avenue", "Абая", "46"),
        ("Сатпаева 1", "found", "street", "Сатпаева", "1"),
        ("Сатпаева", "street_only", "street", "Сатпаева", ""),
        ("№ 600", "found", "precinct", "600", ""),
        ("школа 9", "found", "station", "Средняя школа № 9", ""),
    ],
)
def test_what_the_campaign_does_not_have_is_skipped(finder, row):
    assert _verdict(finder, *row) == {"skipped"}


def test_figures_are_by_class_and_wrong_rows_are_listed(finder):
    rows = [
        _row("Абая 45", "found", "avenue", "Абая", "45", group="plain"),
        _row("Абая 45", "not_found", group="nonsense"),
        _row("Толе би 7", "found", "street", "Толе би", "7", group="plain"),
    ]
    done = []

    report = evaluate(finder, rows, done.append)

    plain, nonsense = report.classes
    assert (plain.name, plain.rows, plain.right, plain.found, plain.share_at_first) == ("plain", 2, 2, 1, 1.0)
    assert (nonsense.name, nonsense.rows, nonsense.right, nonsense.wrong_as_found) == ("nonsense", 1, 0, 1)
    assert (report.total.rows, report.total.right) == (3, 2)
    assert [(wrong.row.query, wrong.is_wrong_as_found) for wrong in report.wrong] == [("Абая 45", True)]
    assert report.wrong[0].given.startswith("found: проспект Абая, 45")
    assert done == [1, 2, 3]


@pytest.fixture(scope="module")
def finder_with_namesake(small_campaign, small_campaign_path):
    """Answers from the small campaign with a street beside the avenue of its name, both with house 45."""
    street = Place(6, "street", Names("Абай", "Абая", "Abay"), ("medeu",))
    houses = (*small_campaign.houses, House(6, "45", "medeu", 2, "sample", None, 76.936, 43.225))
    campaign = dataclasses.replace(small_campaign, places=(*small_campaign.places, street), houses=houses)
    return Finder(dataclasses.replace(Finder.open(small_campaign_path).file, campaign=campaign))


def test_the_first_of_several_candidates_is_right_and_counted_apart(finder_with_namesake):
    by_kind = {
        kind: _verdict(finder_with_namesake, "Абая 45", "found", kind, "Абая", "45")
        for kind in ("avenue", "street")
    }

    assert sorted(map(sorted, by_kind.values())) == [[], ["first_candidate", "right"]]


def test_a_corpus_of_another_campaign_is_content_with_an_honest_choice(finder_with_namesake):
    for kind in ("avenue", "street"):
        assert "right" in _verdict(finder_with_namesake, "Абая 45", "found", kind, "Абая", "45", is_own=False)


def test_a_corpus_of_another_campaign_does_not_know_its_namesakes_and_houses(finder):
    assert _verdict(finder, "Абая 45", "ambiguous", "", "", "", is_own=False) == {"skipped"}
    assert _verdict(finder, "Абая 45", "house_unknown", "avenue", "Абая", "", is_own=False) == {"right"}
    assert _verdict(finder, "Абая 45", "found", "street", "Садовая", "10", is_own=False) == {"skipped"}
    assert _verdict(finder, "Абая 45", "house_unknown", "avenue", "Абая", "") == {"wrong_as_found"}
