"""Encodings of text in files that do not, or wrongly, say which: names, detection, exact decoding.

What Kazakhstan's files come in: UTF-8, Windows-1251 of Russian programs, KZ-1048 (Windows-1251 with the
Kazakh letters in place of others), code page 866 of old DOS programs.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterable, Sequence

from geo_service.errors import SourceError

#: Codecs that are told from one another by their letters, the likelier first.
CANDIDATES = ("utf-8", "cp1251", "kz1048", "cp866")
#: Letters of Kazakh and Russian.
LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі")
_PLAIN_SIGNS = frozenset("«»№–—“”„’‘…°·²³\xa0")
_PLAUSIBLE = 0.9
_CODE_PAGE = re.compile(r"(?:ansi|oem|cp|windows|win|ibm|ms)?[ _-]*([0-9]{3,5})", re.IGNORECASE)
_LATIN = re.compile(r"(?:iso)?[ _-]*8859[ _-]*([0-9]{1,2})", re.IGNORECASE)


def python_codec(name: str) -> str | None:
    """Return Python's name of an encoding as files and people write it; None if Python knows none.

    ``1251``, ``ANSI 1251``, ``windows-1251`` and ``65001`` are names that ``.cpg`` files use.
    """
    name = name.strip()
    latin, page = _LATIN.fullmatch(name), _CODE_PAGE.fullmatch(name)
    if latin:
        name = f"iso8859-{latin[1]}"
    elif page:
        name = "utf-8" if page[1] == "65001" else f"cp{page[1]}"
    try:
        codec = codecs.lookup(name)
        b"".decode(name)  # refuses codecs that make no text, such as hex
    except (LookupError, UnicodeError, ValueError):
        return None
    return codec.name


def detect_encoding(texts: Iterable[bytes]) -> str | None:
    """Return the encoding that gives texts the likeliest Kazakh or Russian letters.

    Parameters
    ----------
    texts
        All texts of a file.

    Returns
    -------
    str or None
        One of `CANDIDATES`; ``ascii`` where no byte leaves a doubt; None if none of them gives likely
        letters.
    """
    unclear = [text for text in texts if not text.isascii()]
    if not unclear:
        return "ascii"
    sample = b" ".join(unclear)
    scores = {codec: score for codec in CANDIDATES if (score := _score_of(sample, codec)) is not None}
    # Text that is valid UTF-8 hardly ever is anything else.
    if "utf-8" in scores:
        return "utf-8"
    best = max(scores, key=lambda codec: scores[codec], default=None)
    return best if best is not None and scores[best] >= _PLAUSIBLE else None


def letter_score(text: str) -> float:
    """Return the share, 0 to 1, of a text's signs beyond ASCII that are Kazakh or Russian letters.

    Capitals amid small letters count against it.
    """
    unusual = [sign for sign in text if not sign.isascii() and sign not in _PLAIN_SIGNS]
    if not unusual:
        return 0.0
    letters = sum(sign.lower() in LETTERS for sign in unusual)
    # In words "аБ" hardly stands; in text of a wrong code page it does all the time.
    odd_case = sum(
        first.islower() and second.isupper()
        for first, second in itertools.pairwise(text)
        if not first.isascii() and not second.isascii()
    )
    return max(0.0, (letters - odd_case) / len(unusual))


def stated_codec(name: str, file: str) -> str:
    """Return Python's name of an encoding that a recipe states.

    Raises
    ------
    geo_service.errors.SourceError
        If Python knows no such encoding.
    """
    codec = python_codec(name)
    if codec is None:
        raise SourceError(
            f'"{name}" is no encoding that Python knows.',
            'State one such as "utf-8", "cp1251" or "kz1048".',
            file=file,
            field="encoding",
        )
    return codec


def decode_texts(
    texts: Sequence[bytes | None], codec: str, *, file: str, items: Sequence[str], field: str | None
) -> list[str | None]:
    """Decode the texts of one column exactly.

    Raises
    ------
    geo_service.errors.SourceError
        If a text is not in that encoding; the message names the record.
    """
    decoded: list[str | None] = []
    for text, item in zip(texts, items, strict=True):
        try:
            decoded.append(None if text is None else text.decode(codec))
        except UnicodeError as error:
            raise SourceError(
                f"The text is not in the encoding {codec}.",
                'State the encoding in the section, e.g. encoding = "cp1251", or export again as UTF-8.',
                file=file,
                item=item,
                field=field,
            ) from error
    return decoded


def _score_of(sample: bytes, codec: str) -> float | None:
    try:
        return letter_score(sample.decode(codec))
    except UnicodeError:
        return None
