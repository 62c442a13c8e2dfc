"""One form for Kazakh, Russian and Latin letters, so that one name compares equal however it is typed.

The form keeps what tells names apart and gives up what people leave out or exchange: case, Kazakh letters
typed with Russian look-alikes, soft and hard signs, doubled letters, the many ways to write Kazakh in Latin
letters (passports, the alphabet of 2021, the older ones with acute or apostrophe, chats). It is there to
compare and is never shown.
"""

from __future__ import annotations

import re
import unicodedata

# Longest first: one name may hold several of these.
_LATIN_GROUPS = {
    "shch": "щ", "dzh": "ж", "tsh": "тш", "tch": "ч",
    "zh": "ж", "kh": "х", "gh": "г", "ch": "ч", "sh": "ш", "ts": "ц",
    "yu": "ю", "iu": "ю", "ya": "я", "ia": "я", "yo": "ё", "ye": "е",
    # The apostrophe alphabet of 2017.
    "s'": "ш", "c'": "ч", "g'": "ғ", "n'": "ң", "a'": "ә", "o'": "ө", "u'": "ү", "i'": "и", "y'": "у",
}  # fmt: skip
_LATIN_LETTERS = {
    "a": "а", "b": "б", "c": "с", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж",
    "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "қ", "r": "р", "s": "с", "t": "т",
    "u": "у", "v": "в", "w": "ш", "x": "х", "y": "ы", "z": "з",
    # The alphabets of 2018 (acute) and 2021, Turkish letters, and the schwa that looks like the Cyrillic one.
    "ä": "ә", "á": "ә", "ə": "ә", "ǝ": "ә", "ö": "ө", "ó": "ө", "ü": "ү", "ú": "ү", "ū": "ұ", "ý": "у",
    "ı": "ы", "ş": "ш", "ș": "ш", "ç": "ч", "ğ": "ғ", "ǵ": "ғ", "ģ": "ғ", "ñ": "ң", "ń": "ң", "ŋ": "ң",
    "í": "и", "ï": "и", "î": "и", "ž": "ж", "š": "ш", "č": "ч",
}  # fmt: skip
_LATIN = re.compile("|".join(sorted(map(re.escape, _LATIN_GROUPS), key=len, reverse=True)) + "|.", re.DOTALL)

# A slip of the finger makes groups that nobody meant: jetsu for jetysu.
_CHANCE_GROUPS = frozenset({"ts", "yu", "iu", "ya", "ia", "yo", "ye"})
_LATIN_APART = re.compile(
    "|".join(sorted(map(re.escape, _LATIN_GROUPS.keys() - _CHANCE_GROUPS), key=len, reverse=True)) + "|.",
    re.DOTALL,
)

# Latin letters inside a Cyrillic word are meant by their shape.
_SHAPES = str.maketrans("abceiəhkmoptxyyñqґєїў", "авсеиәнкмортхуункгеиу")

_FOLDED = str.maketrans(
    {
        "ә": "а", "я": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "ю": "у", "ў": "у",
        "һ": "х", "і": "и", "й": "и", "ы": "и", "ї": "и", "ё": "е", "э": "е", "є": "е", "щ": "ш", "ц": "с",
        "ґ": "г", "ъ": None, "ь": None, "'": None, "’": None,
    }
)  # fmt: skip
_LOOK_ALIKE = str.maketrans("әғқңөұүһій", "агкноуухии") | {ord("ъ"): None, ord("ь"): None}
# Anything but Latin and Cyrillic letters and common signs may be a digit of another script, or invisible.
_UNUSUAL = re.compile("[^\x00-\x7f\u00a0-\u00ac\u00ae-\u024f\u0400-\u052f\u2010-\u2027\u2116]")
_DOUBLED = re.compile(r"(\D)\1+")
_DZH = re.compile("д+ж")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN_SCRIPT = re.compile("[a-z\u00df-\u024f\u0259\u01dd]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]*)*|\W+|\d+|_+")
_APOSTROPHES = str.maketrans("`´‘’ʹʻʼʽˈ′＇", "'" * 11)

# Endings of Russian cases and genders, and what is left of them; the first that fits is taken.
_ENDINGS = (
    ("скому", "ск"), ("ского", "ск"), ("ский", "ск"), ("ская", "ск"), ("ской", "ск"), ("скую", "ск"),
    ("цкого", "цк"), ("цкий", "цк"), ("цкая", "цк"), ("цкой", "цк"),
    ("овой", "ов"), ("евой", "ев"), ("иной", "ин"), ("овая", "ов"), ("евая", "ев"), ("овую", "ов"),
    ("ай", "а"), ("ая", "а"), ("аю", "а"), ("ой", "а"), ("ую", "а"), ("ею", "е"), ("ей", "е"), ("ея", "е"),
    ("ого", "а"), ("его", "е"), ("ому", "а"), ("ий", ""), ("ие", ""), ("ия", ""), ("ым", ""),
    ("а", ""), ("я", ""), ("у", ""), ("ю", ""), ("ы", ""), ("и", ""), ("е", ""), ("о", ""), ("ь", ""),
)  # fmt: skip
_ENDINGS_BY_LETTER = {
    letter: tuple(ending for ending in _ENDINGS if ending[0][-1] == letter)
    for letter in {ending[0][-1] for ending in _ENDINGS}
}
_SHORTEST_STEM = 4
_SHORTEST_IN_A = 3  # of Абай and Абая, who are one at any length


def plain(text: str) -> str:
    """Return a text in lower case, compatibility forms composed, its apostrophes alike, ``ё`` as ``е``.

    Invisible format characters are dropped, digits of any script are those of ASCII.
    """
    composed = unicodedata.normalize("NFKC", text)
    if _UNUSUAL.search(composed):
        composed = "".join(map(_plain_character, composed))
    # Lower case of a letter may be two characters (İ), the second of which joins the next letter.
    lower = unicodedata.normalize("NFC", composed.lower()).replace("i\u0307", "i")
    return lower.translate(_APOSTROPHES).replace("ё", "е")


def _plain_character(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "" if unicodedata.category(character) == "Cf" else character


def cyrillic(word: str) -> str:
    """Return a word of `plain` text in Cyrillic letters, as it sounds; Cyrillic letters are kept."""
    if not _LATIN_SCRIPT.search(word):
        return word
    if _CYRILLIC.search(word):
        return word.translate(_SHAPES)
    return _LATIN.sub(_sounded, word)


def _sounded(match: re.Match[str]) -> str:
    letters = match.group()
    found = _LATIN_GROUPS.get(letters) or _LATIN_LETTERS.get(letters)
    if found is not None:
        return found
    base = unicodedata.normalize("NFD", letters)[0]
    return _LATIN_LETTERS.get(base, letters)


def cyrillic_apart(word: str) -> str:
    """Return a Latin word in Cyrillic letters without the groups that a slip of the finger makes."""
    return _LATIN_APART.sub(_sounded, word)


def fold(word: str) -> str:
    """Return a Cyrillic word with the letters that people exchange made one, and doubled letters single."""
    return _DOUBLED.sub(r"\1", _DZH.sub("ж", fold_letters(word)))


def fold_letters(word: str) -> str:
    """Return a Cyrillic word with the letters that people exchange made one, letter by letter."""
    return word.translate(_FOLDED)


def look_alike(word: str) -> str:
    """Return a `plain` word with Kazakh letters as their Russian look-alikes, and otherwise as it is."""
    return word.translate(_LOOK_ALIKE)


def is_spelt_alike(word: str, other: str) -> bool:
    """Return whether two Cyrillic words differ in Kazakh letters and their Russian look-alikes only."""
    return word.translate(_LOOK_ALIKE) == other.translate(_LOOK_ALIKE)


def skeleton(text: str) -> str:
    """Return the one form of a text: folded Cyrillic words, separated by single spaces.

    Parameters
    ----------
    text
        In any of the scripts; signs between words count as spaces.
    """
    parts = (part for part in _WORD.findall(plain(text)) if part[0].isalpha() or part[0].isdigit())
    return " ".join(filter(None, (fold(cyrillic(part)) for part in parts)))


def stem(word: str) -> str:
    """Return the folded stem of a Cyrillic word of `plain` text: without endings of Russian cases."""
    for ending, rest in _ENDINGS_BY_LETTER.get(word[-1:], ()):
        shortest = _SHORTEST_IN_A if rest == "а" else _SHORTEST_STEM
        if word.endswith(ending) and len(word) - len(ending) + len(rest) >= shortest:
            return fold(word[: -len(ending)] + rest)
    return fold(word)
