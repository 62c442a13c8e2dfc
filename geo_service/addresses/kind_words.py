"""Which kind word of a text belongs to which name: ``улица Абая``, ``Абай көшесі``, ``Абая 10 улица``."""

from __future__ import annotations

from collections.abc import Sequence

from geo_service.addresses.kinds import AREAS
from geo_service.addresses.tokens import Token
from geo_service.addresses.vocabulary import Side
from geo_service.campaign.model import PlaceKind


class KindWords:
    """The kind words of a text.

    Parameters
    ----------
    tokens
        Of the text.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    def of_word(self, position: int) -> int | None:
        """Return where the kind word of a single word stands."""
        for beside, side in ((position - 1, "after"), (position + 1, "before")):
            if 0 <= beside < len(self.tokens):
                meaning = self.tokens[beside].meaning
                if meaning is not None and meaning.role == "kind" and meaning.side != side:
                    return beside
        return None

    def of_name(self, start: int, end: int) -> PlaceKind | None:
        """Return the kind that the words beside a name say; None if they say none."""
        before = self._before(start)
        if before is not None:
            return before
        after = self.at(end)
        if after is not None and (after[1] == "after" or not self._begins_a_name(end + 1)):
            return after[0]
        return self._detached_kind(start, end)

    def _detached_kind(self, start: int, end: int) -> PlaceKind | None:
        """Return the kind where its word stands apart, as in ``Абая 10 улица``, and there is but one."""
        words = [
            (position, meaning)
            for position in range(len(self.tokens))
            if not start <= position < end and (meaning := self.at(position)) is not None
        ]
        if len(words) != 1:
            return None
        position, (kind, _) = words[0]
        beside = (position - 1, position + 1)
        return None if any(self._is_a_name(neighbour, kind) for neighbour in beside) else kind

    def beside(self, start: int, end: int) -> PlaceKind | None:
        """Return the kind that a word right beside a name says; None if there is none."""
        before, after = self._before(start), self.at(end)
        return before if before is not None or after is None else after[0]

    def _before(self, start: int) -> PlaceKind | None:
        """Return the kind that a word before a name says; one that usually follows must follow nothing."""
        word = self.at(start - 1)
        if word is None or (word[1] == "after" and self._is_a_name(start - 2, word[0])):
            return None
        return word[0]

    def _is_a_name(self, position: int, kind: PlaceKind) -> bool:
        """Return whether what stands at a position may be the name of a kind: a word, or мкр 8."""
        if not 0 <= position < len(self.tokens):
            return False
        token = self.tokens[position]
        return token.meaning is None if token.type == "word" else token.type == "number" and kind in AREAS

    def at(self, position: int) -> tuple[PlaceKind, Side] | None:
        """Return kind and side of the kind word at a position; None if there is none."""
        if not 0 <= position < len(self.tokens):
            return None
        meaning = self.tokens[position].meaning
        return (meaning.kind, meaning.side) if meaning is not None and meaning.kind is not None else None

    def _begins_a_name(self, position: int) -> bool:
        """Return whether a word stands there that the kind word before it may belong to."""
        if position >= len(self.tokens):
            return False
        token = self.tokens[position]
        return token.type == "word" and token.meaning is None and len(token.text) > 1
