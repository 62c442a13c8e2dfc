"""The number of a precinct, as people type it into the search box: ``123``, ``№ 123``, ``123 учаске``."""

from __future__ import annotations

import re

from geo_service.addresses.letters import cyrillic, plain, skeleton

_LONGEST_TEXT = 100
_MOST_DIGITS = 5
_SHORT_WORDS = frozenset({"уик", "уч"})  # as they are spelt: Уык is a street
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’]?-?[^\W\d_]+)*|[^\w]+|_+")
#: What may stand between words and number.
_PUNCTUATION = re.compile(r"[\s\-‐-―.,:;#№°()\"«»“”„']+")

_PRECINCTS = """
    участок участка участке участку участком уч уч-к уч-ок уик учасок участак
    учаске учаскесі учаскеде учаскесінде учаскесінің учаскенің учаскем учаскесин
    precinct station uchastok uchastka uch uik
    uchaske uchaskesi ushaske ushaskesi ýchaske ýchaskesi
"""
_NUMBER_SIGNS = """
    n no nr nо номер номера ном number num нөмір нөмірі нөмірлі номир nomer nomir nömir
"""
_QUALIFIERS = """
    избирательный избирательного избирательном избирательная голосования голосованию для по на референдума
    референдуму мой наш
    сайлау дауыс беру дауысқа референдум референдумның менің
    polling voting election electoral place referendum the my
    izbiratelnyi izbiratelnyy izbiratelny golosovaniya sailau saylau saılaý dauys dauıs daýys beru berý
"""
# After the number: 123-й участок, 123-ші учаске, 123rd precinct.
_ORDINALS = "й ый ой го ый-й ші шы інші ыншы нші ншы th st nd rd"


def _words(text: str) -> frozenset[str]:
    return frozenset(skeleton(word).replace(" ", "") for word in text.split())


_OF_PRECINCTS, _OF_NUMBERS = _words(_PRECINCTS), _words(_NUMBER_SIGNS)
_OF_ORDINALS = _words(_ORDINALS)
_EVERY_WORD = _OF_PRECINCTS | _OF_NUMBERS | _words(_QUALIFIERS)


def typed_precinct(text: str) -> int | None:
    """Return the number of a precinct that a text is, or None if it is anything else.

    The number has one to five digits, of any script, and is alone or with words for a precinct in Kazakh,
    Russian or English; any other word or number, a letter after it or a fraction make it something else.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    number: str | None = None
    words: list[str] = []
    for token in _TOKEN.findall(plain(text)):
        if token.isdecimal():
            if number is not None:
                return None
            number = token
        elif token[0].isalpha():
            folded = skeleton(token).replace(" ", "")
            is_misspelt = folded in _SHORT_WORDS and cyrillic(plain(token)) not in _SHORT_WORDS
            is_ordinal = number is not None and folded in _OF_ORDINALS
            if is_misspelt or not (is_ordinal or folded in _EVERY_WORD):
                return None
            words.append("" if is_ordinal else folded)
        elif not _PUNCTUATION.fullmatch(token):
            return None
    return _number(number, words)


def _number(number: str | None, words: list[str]) -> int | None:
    if number is None or len(number) > _MOST_DIGITS or int(number) == 0:
        return None
    named = {word for word in words if word}
    is_alone = not words or (named and len(named) == len(words) and named <= _OF_NUMBERS)
    return int(number) if is_alone or named & _OF_PRECINCTS else None
