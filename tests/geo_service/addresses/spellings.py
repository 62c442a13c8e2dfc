"""The ways that people spell one text: alphabets, keyboards, cases, and one typing error."""

from __future__ import annotations

import re
import string

RUSSIAN_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
KAZAKH_LETTERS = RUSSIAN_LETTERS + "әғқңөұүһі"
SHORTEST_WITH_TYPO = 5

_KAZAKH_AS_RUSSIAN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
_PLAIN = dict(zip("абвгдезийклмнопрстуфхыё", "abvgdeziiklmnoprstufhye", strict=True))
_SOUNDS = {"ц": "ts", "ч": "ch", "щ": "shch", "ъ": "", "ь": "", "э": "e", "ю": "iu", "я": "ia"}
# The alphabets of 2021 and 2018, passports, and what phones without Kazakh letters lead to.
LATIN_2021 = {
    **_PLAIN, **_SOUNDS, "ә": "ä", "ғ": "ğ", "ж": "j", "қ": "q", "ң": "ñ", "ө": "ö", "ұ": "ū", "ү": "ü",
    "һ": "h", "ш": "ş", "і": "ı",
}  # fmt: skip
LATIN_ACUTE = {
    **LATIN_2021, "ә": "á", "ғ": "ǵ", "и": "ı", "й": "ı", "ң": "ń", "ө": "ó", "у": "ý", "ұ": "u", "ү": "ú",
    "ш": "sh", "і": "i",
}  # fmt: skip
PASSPORT = {
    **_PLAIN, **_SOUNDS, "ә": "a", "ғ": "g", "ж": "zh", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u",
    "һ": "h", "х": "kh", "ш": "sh", "і": "i", "й": "y", "ю": "yu", "я": "ya",
}  # fmt: skip
CHAT = {**PASSPORT, "ж": "j", "х": "h", "ы": "i", "й": "i", "қ": "q", "ц": "c", "щ": "sh", "ю": "u"}
CHAT_WITH_DIGITS = {**CHAT, "ч": "4", "ш": "w"}

_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю.ё"
_ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
_TO_ENGLISH_KEYS = str.maketrans(_RUSSIAN_KEYS + ",/№", _ENGLISH_KEYS + "?|#")
_TO_RUSSIAN_KEYS = str.maketrans(_ENGLISH_KEYS.replace("/", "") + ".", _RUSSIAN_KEYS.replace(".", "") + "ю")

_RUSSIAN_CASES = (
    (re.compile(r"(?<=[оеё]в)ой(?!\w)"), "а"),
    (re.compile(r"(?<=[оеё]в)а(?!\w)"), ""),
    (re.compile(r"(?<=\wин)а(?!\w)"), ""),
    (re.compile(r"(?<=ск)ого(?!\w)"), "ий"),
    (re.compile(r"(?<=батыр)а(?!\w)"), ""),
    (re.compile(r"(?<=хан)а(?!\w)"), ""),
    (re.compile(r"(?<=\wб)ая(?!\w)"), "ай"),
)
_WORD = re.compile(r"[^\W\d_]+")


def with_russian_letters(text):
    """Kazakh letters as a Russian keyboard has them."""
    return text.translate(_KAZAKH_AS_RUSSIAN)


def in_latin(text, alphabet):
    """A Cyrillic text in Latin letters; capitals stay capitals."""
    letters = [
        alphabet.get(letter, letter)
        if letter == letter.lower()
        else _capital(alphabet.get(letter.lower(), letter))
        for letter in text
    ]
    return "".join(letters)


def _capital(letters):
    return letters[:1].upper() + letters[1:]


def in_wrong_layout(text):
    """What the keys of a text type when the keyboard is in its other layout; letters come out small."""
    lower = text.lower()
    is_cyrillic = any("а" <= letter <= "ё" for letter in lower)
    return lower.translate(_TO_ENGLISH_KEYS if is_cyrillic else _TO_RUSSIAN_KEYS)


def without_case_ending(name):
    """A Russian name in the genitive back in the nominative, as people write who know the person: Сатпаев."""
    for ending, nominative in _RUSSIAN_CASES:
        name = ending.sub(nominative, name)
    return name


def alphabet_of(text):
    """The letters that a slip of the finger may add to a text."""
    letters = set(text.lower())
    if letters & set("әғқңөұүһі"):
        return KAZAKH_LETTERS
    return RUSSIAN_LETTERS if letters & set(RUSSIAN_LETTERS) else string.ascii_lowercase


def with_typo(name, random):
    """A name with one letter of a long word substituted, deleted, inserted or transposed, and which of these.

    The name as it is and an empty text if no word of it is long enough.
    """
    words = [match for match in _WORD.finditer(name) if len(match.group()) >= SHORTEST_WITH_TYPO]
    if not words:
        return name, ""
    match = random.choice(words)
    edit = random.choice(sorted(_EDITS))
    word = _EDITS[edit](match.group(), random, alphabet_of(name))
    return name[: match.start()] + word + name[match.end() :], "" if word == match.group() else edit


def _substituted(word, random, alphabet):
    position = random.randrange(len(word))
    others = [letter for letter in alphabet if letter != word[position].lower()]
    return word[:position] + _like(word[position], random.choice(others)) + word[position + 1 :]


def _deleted(word, random, alphabet):
    position = random.randrange(len(word))
    return word[:position] + word[position + 1 :]


def _inserted(word, random, alphabet):
    position = random.randrange(len(word) + 1)
    return word[:position] + _like(word[max(0, position - 1)], random.choice(alphabet)) + word[position:]


def _transposed(word, random, alphabet):
    pairs = [i for i in range(len(word) - 1) if word[i].lower() != word[i + 1].lower()]
    if not pairs:
        return word
    first = random.choice(pairs)
    swapped = _like(word[first], word[first + 1]) + _like(word[first + 1], word[first])
    return word[:first] + swapped + word[first + 2 :]


def _like(pattern, letter):
    """A letter, capital if the one whose place it takes is."""
    return letter.upper() if pattern.isupper() else letter.lower()


_EDITS = {
    "substitution": _substituted,
    "deletion": _deleted,
    "insertion": _inserted,
    "transposition": _transposed,
}
