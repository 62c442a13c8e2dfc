"""No page shows a word that is not of its language: of its catalogue, the campaign's data, or a date."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
import re
from html.parser import HTMLParser

import pytest
from babel import Locale
from babel.units import format_unit

from geo_service.campaign.file import write_campaign
from geo_service.campaign.model import LANGUAGES, Alias, Names
from geo_service.settings import Settings
from geo_service.translations import catalogue
from geo_service.web.app import create_app
from tests.residents import expected_status, pages, with_more_addresses

# Begin every word of a name in the marked campaign, by language.
MARKS = {"kk": "Ққ", "ru": "Рр", "en": "Ee"}
_READ_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription")
_READ_METAS = {"description", "og:title", "og:description", "og:site_name", "og:image:alt", "twitter:title",
               "twitter:description", "twitter:image:alt"}  # fmt: skip
_UNREAD = {"script", "style", "code", "template", "textarea"}
_UNITS = ("duration-minute", "length-meter", "length-kilometer", "digital-kilobyte", "digital-megabyte")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_WORD = re.compile(r"[^\W\d_²]{2,}")
# An ISO day, or a number with a point: with more than two places behind it, it is a coordinate.
_AS_MACHINES_WRITE = re.compile(r"\b\d{4}-\d\d-\d\d\b|(?<![\d.])\d+\.\d{1,2}(?![\d.])")
_FOR_PROGRAMS = {"api"}
# Addresses, what is filled in, hashes, positions: no words and no numbers that a language writes its own way.
_CODE = re.compile(r"(?:https?|geo|mailto|tel):\S+|\{\w+\}|\b[0-9a-f]{12,}\b|\d+\.\d+, \d+\.\d+")


def marked(value):
    """Return a campaign, or a part of one, with every word of its names marked with their language."""
    if isinstance(value, Names):
        return Names(**{language: _marked_text(value.ru or value.kk, language) for language in LANGUAGES})
    if isinstance(value, Alias):
        return dataclasses.replace(value, name=_marked_text(value.name, value.language))
    if dataclasses.is_dataclass(value):
        parts = {field.name: marked(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **parts)
    return tuple(map(marked, value)) if isinstance(value, tuple) else value


def _marked_text(text, language):
    if not text:
        return None
    # What stands in curly brackets the page fills in.
    return re.sub(r"\{\w+\}|[^\W\d_]+", lambda word: _marked_word(word[0], language), text)


def _marked_word(word, language):
    return word if word.startswith("{") else MARKS[language] + word.lower()


class ReadText(HTMLParser):
    """Collects what is read on a page, each with the language that it is marked as."""

    def __init__(self):
        super().__init__()
        self.read = []
        self._open = []

    @property
    def language(self):
        return self._open[-1][1] if self._open else None

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        language = values.get("lang") or self.language
        if tag not in _VOID:
            self._open.append((tag, language))
        self.read += [(language, values[name]) for name in _READ_ATTRIBUTES if values.get(name)]
        if tag == "meta" and values.get("name", values.get("property")) in _READ_METAS:
            self.read.append((language, values["content"]))
        if tag == "input" and values.get("type") in {"submit", "button"}:
            self.read.append((language, values.get("value", "")))
        # Words that a script will show.
        self.read += [
            (language, text) for name, value in attrs if name.startswith("data-") for text in _texts_in(value)
        ]

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(tag in _UNREAD for tag, _ in self._open):
            self.read.append((self.language, data))


def _texts_in(value):
    """Return the texts in a JSON object with words."""
    if not value or not value.lstrip().startswith("{"):
        return []
    waiting, found = [json.loads(value)], []
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and " " in one:
            found.append(one)
    return found


@pytest.fixture(scope="module")
def marked_campaign(small_campaign):
    return marked(with_more_addresses(small_campaign))


@pytest.fixture(scope="module")
def client(marked_campaign, tmp_path_factory):
    folder = tmp_path_factory.mktemp("marked")
    write_campaign(folder / "marked.gpkg", marked_campaign)
    settings = Settings(store=folder, campaign=folder / "marked.gpkg")
    noon = dt.datetime(2026, 3, 15, 7, 0, tzinfo=dt.UTC)
    return create_app(settings, clock=lambda: noon).test_client()


@pytest.fixture(scope="module")
def vocabulary():
    """The words of each language, in lower case: of the catalogue, of days and months, of units."""
    words = {}
    for language in LANGUAGES:
        locale = Locale(language)
        names = [name for width in ("wide", "abbreviated") for of in (locale.months, locale.days)
                 for context in of.values() for name in context.get(width, {}).values()]  # fmt: skip
        measures = [format_unit(count, unit, length, locale=locale) for unit in _UNITS
                    for length in ("short", "long") for count in (1, 2, 5)]  # fmt: skip
        texts = [*catalogue(language).values(), *names, *measures]
        words[language] = {word for text in texts for word in _words(text)}
    return words


def _words(text):
    return {word.lower() for word in _WORD.findall(_CODE.sub(" ", text))}


def read_on(client, path, status=200):
    reader = ReadText()
    response = client.get(path, follow_redirects=True)
    assert response.status_code == status, path
    reader.feed(response.get_data(as_text=True))
    return reader.read


# Names of services and formats, and what the languages call themselves.
_ANYWHERE = _words(
    "ҚАЗ РУС ENG Қазақша Русский English WhatsApp Telegram 2GIS 2ГИС Google Maps OpenStreetMap"
    " GeoPackage GeoJSON CSV KML localhost"
)
# What the languages truly write alike; everything else that is alike was forgotten.
_ALIKE = {"page.fact.step_free.unknown", "page.fact.lift.unknown", "diff.field.lift", "cli.file",
          "cli.licence", "column.file", "page.api", "page.map.kilometres", "data.fact.licence"}  # fmt: skip


def foreign_words(read, vocabulary, *, language, same_everywhere):
    """Return the words that are not of the language that they are marked as, with the texts they stand in."""
    found = {}
    for marked_as, text in read:
        own = marked_as or language
        words = {word for word in _words(text) if not word.startswith(MARKS[own].lower())}
        for word in words - vocabulary[own] - same_everywhere:
            found.setdefault(f"{own}: {word}", text.strip())
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_every_page_is_of_its_language(client, vocabulary, marked_campaign, language):
    info = marked_campaign.info
    same_everywhere = _ANYWHERE | _words(f"{info.source} {info.licence}")
    found = {}

    for name, path in pages(language, marked_campaign).items():
        read = read_on(client, path, expected_status(name))
        assert len(read) > 5, name
        # The title of the page in two languages is in both.
        titles = _words(
            " ".join(catalogue(each)["page.title"] for each in ("kk", "ru")) if name == "front" else ""
        )
        words = foreign_words(read, vocabulary, language=language, same_everywhere=same_everywhere | titles)
        found.update({f"{name}: {word}": text for word, text in words.items()})

    assert found == {}


def test_word_of_another_language_is_noticed(vocabulary):
    read = [("kk", "Ққабай"), ("kk", "Ррабая"), (None, "Учаске"), ("kk", "Участок"), ("ru", "Участок")]

    found = foreign_words(read, vocabulary, language="kk", same_everywhere=set())

    assert found == {"kk: ррабая": "Ррабая", "kk: участок": "Участок"}


def test_no_text_is_the_same_in_two_languages_unless_they_write_it_alike():
    texts = [catalogue(language) for language in LANGUAGES]

    alike = {
        key
        for one, other in itertools.combinations(texts, 2)
        for key in one
        if one[key] == other[key] and _words(one[key]) - _ANYWHERE
    }

    assert alike - _ALIKE == set()


@pytest.mark.parametrize(
    ("language", "day", "distance"),
    [
        ("kk", "2026\N{NARROW NO-BREAK SPACE}ж. 15 наурыз", "2,2 км"),
        ("ru", "15 марта 2026\N{NARROW NO-BREAK SPACE}г.", "2,2 км"),
        ("en", "15 March 2026", "2.2 km"),
    ],
)
def test_days_and_distances_are_written_as_the_language_writes_them(client, language, day, distance):
    # The station of precinct 20 lies in its other part.
    shown = " ".join(text for _, text in read_on(client, f"/{language}/?lat=43.2370&lon=76.9050"))

    assert day in shown
    assert distance in re.sub(r"\s", " ", shown)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_page_writes_days_or_numbers_as_machines_do(client, marked_campaign, language):
    licence = marked_campaign.info.licence
    found = {}

    for name, path in pages(language, marked_campaign).items():
        if name in _FOR_PROGRAMS:
            continue
        texts = [text for _, text in read_on(client, path, expected_status(name))]
        found[name] = [
            text for text in texts if _AS_MACHINES_WRITE.search(_CODE.sub(" ", text).replace(licence, ""))
        ]

    assert {name: texts for name, texts in found.items() if texts} == {}
