"""Queries made from the places and houses of a campaign, the same ones for the same seed.

Each asks for one house in a random language, spelling, order, kind word, form of the house number, with or
without hints, and half of them with one typing error in the name. Digits are never changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from geo_service.addresses.letters import plain, skeleton, stem
from geo_service.campaign.model import House, Place
from tests.geo_service.addresses import spellings

# What the kind of a place is called, before its name and after it; forms with signs inside come last.
_BEFORE = {
    ("ru", "street"): ("улица", "ул", "ул."),
    ("ru", "avenue"): ("проспект", "пр.", "просп.", "пр-т"),
    ("ru", "boulevard"): ("бульвар", "бул.", "б-р"),
    ("ru", "lane"): ("переулок", "пер."),
    ("ru", "microdistrict"): ("микрорайон", "мкр", "мкр.", "м-н"),
    ("ru", "complex"): ("жилой комплекс", "ЖК"),
    ("kk", "microdistrict"): ("ықшамаудан", "шағын аудан"),
    ("en", "microdistrict"): ("microdistrict", "mkr", "mkr."),
    ("en", "complex"): ("residential complex",),
}
_AFTER = {
    ("ru", "street"): ("улица", "ул."),
    ("ru", "avenue"): ("проспект", "пр."),
    ("ru", "boulevard"): ("бульвар",),
    ("ru", "lane"): ("переулок", "пер."),
    ("ru", "microdistrict"): ("микрорайон", "мкр", "м-н"),
    ("kk", "street"): ("көшесі", "көш.", "к-сі"),
    ("kk", "avenue"): ("даңғылы", "даң."),
    ("kk", "boulevard"): ("бульвары",),
    ("kk", "lane"): ("тұйық көшесі", "тұйығы"),
    ("kk", "highway"): ("тас жолы",),
    ("kk", "microdistrict"): ("ықшамауданы", "шағын ауданы", "ш/а", "ы/а"),
    ("kk", "complex"): ("тұрғын үй кешені",),
    ("en", "street"): ("Street", "St", "street", "st."),
    ("en", "avenue"): ("Avenue", "Ave", "avenue", "ave."),
    ("en", "boulevard"): ("Boulevard", "Blvd"),
    ("en", "lane"): ("Lane",),
    ("en", "highway"): ("Highway",),
    ("en", "microdistrict"): ("microdistrict", "mkr"),
    ("en", "complex"): ("residential complex",),
}
_HOUSE = {
    "ru": ("дом {}", "д. {}", "д.{}", "№{}", "№ {}"),
    "kk": ("{}-үй", "{} үй", "№{}"),
    "en": ("house {}",),
}
_FLAT = {
    "ru": (" кв {}", ", кв. {}", ", квартира {}"),
    "kk": (", {}-пәтер", " пәтер {}"),
    "en": (", apt {}", ", flat {}"),
}
_CITY = {"ru": ("Алматы", "г. Алматы"), "kk": ("Алматы", "Алматы қаласы"), "en": ("Almaty",)}
_ALPHABETS = {
    "2021": spellings.LATIN_2021,
    "acute": spellings.LATIN_ACUTE,
    "passport": spellings.PASSPORT,
    "chat": spellings.CHAT,
    "chat_digits": spellings.CHAT_WITH_DIGITS,
}
_SPELLINGS = {
    "kk": ("plain", "plain", "russian_letters", "2021", "acute", "passport", "chat", "layout"),
    "ru": ("plain", "plain", "plain", "nominative", "passport", "chat", "chat_digits", "layout"),
    "en": ("plain", "plain", "plain", "layout"),
}
_AREAS = {"microdistrict", "complex", "settlement"}
_NUMBERED = re.compile(r"(?P<word>[^\W\d_]{3,})-(?P<number>\d+\w?)")
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class GeneratedQuery:
    """A text, the house that it asks for, and how it was made."""

    text: str
    place: Place
    house: House
    traits: tuple[str, ...]


class QueryGenerator:
    """Makes queries about the houses of a campaign.

    Parameters
    ----------
    campaign
        Its places and houses.
    seed
        Decides everything.

    Attributes
    ----------
    excluded
        How many queries were left out so far because their typing error makes another place's exact name.
    """

    def __init__(self, campaign, seed=2026):
        self._random = Random(seed)
        self._houses = {}
        for house in campaign.houses:
            self._houses.setdefault(house.place, []).append(house)
        self._places = {place.id: place for place in campaign.places}
        self._asked = [place for place in campaign.places if place.id in self._houses]
        self._districts = {district.code: district.names for district in campaign.districts}
        self._owners = {}
        names = [(place.id, name) for place in campaign.places for name in place.names.as_dict().values()]
        for place, name in [*names, *((alias.place, alias.name) for alias in campaign.aliases)]:
            for key in _keys(name or ""):
                self._owners.setdefault(key, set()).add(place)
        self.excluded = 0

    def queries(self, count):
        """Yield so many queries."""
        made = 0
        while made < count:
            query = self._query()
            if query is not None:
                made += 1
                yield query

    def _query(self):
        random = self._random
        place = random.choice(self._asked)
        house = random.choice(self._houses[place.id])
        language = random.choice([code for code, name in place.names.as_dict().items() if name])
        spelling = random.choice(_SPELLINGS[language])
        # On the other layout Б is a comma, which nobody can tell from one.
        spelling = "plain" if spelling == "layout" and house.number.endswith("Б") else spelling
        draft = _Draft(place, house, language, spelling, random)
        name = draft.name(place.names.as_dict()[language])
        typo = ""
        if random.random() < 0.5:
            name, typo = spellings.with_typo(name, random)
            if typo and self._is_another(name, place):
                self.excluded += 1
                return None
        text = draft.cased(draft.ordered(name, self._number(house, draft), self._hints(draft)))
        if spelling == "layout":
            text = spellings.in_wrong_layout(text)
        traits = (language, spelling, *draft.traits, *filter(None, [typo]))
        return GeneratedQuery(text, place, house, traits)

    def _is_another(self, name, place):
        return any(self._owners.get(key, set()) - {place.id} for key in _keys(name))

    def _number(self, house, draft):
        """The house as people write it, with or without a flat."""
        random, number = self._random, house.number
        if number[-1].isalpha():
            number = number[:-1] + self._letter(house, draft)
        if random.random() < 0.4:
            number = draft.spelled(random.choice(_HOUSE[draft.language])).format(number)
            draft.traits.append("house_word")
        if random.random() < 0.15:
            number += draft.spelled(random.choice(_FLAT[draft.language])).format(random.randrange(1, 200))
            draft.traits.append("flat")
        return number

    def _letter(self, house, draft):
        random, letter = self._random, house.number[-1]
        draft.traits.append("letter")
        twins = {other.number for other in self._houses[house.place]}
        # Latin B is В by its shape: it may stand for Б only where there is no В.
        latin = {"А": "A", "В": "B"}.get(letter) or ("" if house.number[:-1] + "В" in twins else "B")
        may_be_latin = draft.spelling != "layout" or draft.language == "en"
        if may_be_latin and latin and (draft.is_latin or random.random() < 0.2):
            letter = latin
        return random.choice(("", "", " ", "-")) + (letter if random.random() < 0.5 else letter.lower())

    def _hints(self, draft):
        """What else the text says, each with its place before or behind the address."""
        random, place = self._random, draft.place
        hints = []
        if place.within is not None and random.random() < 0.5:
            area = self._places[place.within].names.best(draft.language)
            word = random.choice(_BEFORE.get((draft.language, "microdistrict"), ("мкр",))[:2])
            hints.append(("microdistrict", draft.spelled(f"{word} {area}")))
        if random.random() < 0.15:
            names = self._districts[draft.house.district]
            hints.append(("district", draft.spelled(names.best(draft.language))))
        if random.random() < 0.1:
            hints.append(("city", draft.spelled(random.choice(_CITY[draft.language]))))
        draft.traits += [trait for trait, _ in hints]
        return [text for _, text in hints]


class _Draft:
    """One query in the making."""

    def __init__(self, place, house, language, spelling, random):
        self.place, self.house, self.language, self.spelling = place, house, language, spelling
        self.traits = []
        self._random = random

    @property
    def is_latin(self):
        return self.language == "en" or self.spelling in _ALPHABETS

    def spelled(self, text):
        """A text in the draft's alphabet; another layout is typed at the end."""
        if self.spelling in _ALPHABETS:
            return spellings.in_latin(text, _ALPHABETS[self.spelling])
        is_russian = self.spelling == "russian_letters" or (
            self.spelling == "layout" and self.language == "kk"
        )
        return spellings.with_russian_letters(text) if is_russian else text

    def name(self, name):
        """A place's name as people write it."""
        if self.spelling == "nominative":
            name = spellings.without_case_ending(name)
        match = _NUMBERED.fullmatch(name)
        if match is not None and self._random.random() < 0.5:
            form = self._random.choice(("{} {}", "{}{}", "{1} {0}" if self.language == "ru" else "{} {}"))
            name = form.format(match["word"], match["number"])
            self.traits.append("number_apart")
        return self.spelled(name)

    def ordered(self, name, number, hints):
        """Kind word, name, house and hints in one of the usual orders."""
        random = self._random
        kind = self._kind_words(name)
        address = f"{kind[0]} {name} {kind[1]}".strip()
        if self.language == "en" and self.place.kind not in _AREAS and random.random() < 0.5:
            text = f"{number.partition(',')[0]} {address}"
            self.traits.append("house_first")
        else:
            text = address + random.choice((" ", ", ")) + number
        for hint in hints:
            text = f"{hint}, {text}" if random.random() < 0.7 else f"{text}, {hint}"
        return text

    def _kind_words(self, name):
        """A kind word before or after the name, the other empty; both empty now and then."""
        random, key = self._random, (self.language, self.place.kind)
        sides = [side for side in (_BEFORE, _AFTER) if key in side]
        needs_kind = not _LONG_WORD.search(name)
        if not sides or (not needs_kind and random.random() < 0.35):
            self.traits.append("no_kind")
            return "", ""
        # People put the Russian word behind the name only now and then.
        weights = [3 if side is _BEFORE else 1 for side in sides]
        side = random.choices(sides, weights)[0]
        forms = [form for form in side[key] if not self.is_latin or not re.search(r"\w[-/]\w", form)]
        word = self.spelled(random.choice(forms))
        self.traits.append("kind_before" if side is _BEFORE else "kind_after")
        return (word, "") if side is _BEFORE else ("", word)

    def cased(self, text):
        """A text as it is, in small letters, or now and then in capitals."""
        drawn = self._random.random()
        if drawn < 0.4:
            return text.lower()
        return text.upper() if drawn > 0.93 else text


def _keys(name):
    """What two exact names of places have in common: their skeletons, or the stems of their words."""
    words = skeleton(name)
    return {words, " ".join(map(stem, plain(name).split()))} - {""}
