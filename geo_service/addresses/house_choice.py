"""Which number of a text is the house's, and whether that is beyond doubt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from geo_service.addresses.house_book import TypedHouse
from geo_service.addresses.kind_words import KindWords
from geo_service.addresses.kinds import AREAS
from geo_service.addresses.tokens import Token


@dataclass(frozen=True, slots=True)
class HouseChoice:
    """The number that is the house's.

    Parameters
    ----------
    house
        None if the text has none.
    position
        Of its token.
    left
        Number of numbers that are neither the house's nor the name's.
    is_beside, is_joined
        True if the number stands right after the name; if a hyphen joins them.
    is_doubtful
        True if another number may belong to the name or to a nameless street: ``Тастак-2 12``,
        ``мкр Калкаман-2, 3-я 5``.
    """

    house: TypedHouse | None = None
    position: int | None = None
    left: int = 0
    is_beside: bool = False
    is_joined: bool = False
    is_doubtful: bool = False


def is_house_alone(tokens: Sequence[Token]) -> bool:
    """Return whether a text is a house number and no more: ``12``, ``дом 12а``, ``№ 12 корпус 2``."""
    words = [token for token in tokens if token.type == "word"]
    return all(token.role in {"house", "sign", "block", "filler"} for token in words)


class HouseReader:
    """Reads the house numbers of one text.

    Parameters
    ----------
    tokens, kinds
        Of the text.
    corner
        Position of the word for a corner; None without one.
    names
        Start and end of every run that is a name.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        kinds: KindWords,
        corner: int | None,
        names: Collection[tuple[int, int]],
    ) -> None:
        self._tokens, self._kinds, self._corner, self._names = tokens, kinds, corner, names
        self._numbers = [position for position, token in enumerate(tokens) if token.type == "number"]

    def read(self, start: int, end: int, taken: Collection[int]) -> HouseChoice:
        """Return the house number if a run of tokens is the name.

        Parameters
        ----------
        start, end
            The run.
        taken
            Positions that belong to something else, such as a microdistrict.
        """
        numbers = [p for p in self._numbers if not start <= p < end and p not in taken]
        own = [
            p for p in numbers if not self._is_across_corner(p, start) and not self._is_street(p, start, end)
        ]
        marked = [p for p in own if self._is_marked(p, start, end)]
        after = [p for p in own if p >= end and not self._follows_a_later_name(p, end, taken)]
        before = [p for p in own if p < start and self._may_precede(p, start, end)]
        chosen = next(iter([*marked, *after, *reversed(before)]), None)
        if chosen is None:
            return HouseChoice(
                left=len(numbers), is_doubtful=len(own) < len(numbers) and self._corner is None
            )
        others = [p for p in numbers if p != chosen]
        return HouseChoice(
            self._typed(chosen),
            chosen,
            len(others),
            is_beside=chosen == end,
            is_joined=chosen == end and self._tokens[chosen].joined,
            is_doubtful=any(self._is_lost(p, chosen, start, end) for p in others),
        )

    def _follows_a_later_name(self, position: int, end: int, taken: Collection[int]) -> bool:
        """Return whether a number stands right after another place's name further on, whose house it is."""
        return any(
            begin >= end and name_end == position and begin not in taken for begin, name_end in self._names
        )

    def _typed(self, position: int) -> TypedHouse:
        token = self._tokens[position]
        following = self._tokens[position + 1] if position + 1 < len(self._tokens) else None
        is_range = following is not None and following.type == "number" and following.joined
        last = following.text if is_range and following is not None else ""
        return TypedHouse(token.text, token.other, last, token.loose)

    def _is_lost(self, position: int, house: int, start: int, end: int) -> bool:
        """Return whether a number that is left over may change what is meant."""
        token = self._tokens[position]
        if token.is_ordinal or self._is_street(position, start, end):
            return True
        is_beside_name = position in (end, start - 1) and self._tokens[house].type == "number"
        if is_beside_name and house != position and (house > position or position == start - 1):
            return position == end or not self._is_before_kind(position)
        # Тастак-2 12: the number that a hyphen joins to the name was taken for the house.
        return house == end and self._tokens[house].joined and not token.joined

    def _is_before_kind(self, position: int) -> bool:
        return self._kinds.at(position + 1) is not None

    def _is_street(self, position: int, start: int, end: int) -> bool:
        """Return whether a number names a street of its own: ``3-я``, ``ул. 20``."""
        if self._tokens[position].is_ordinal and not self._is_marked(position, start, end):
            return True
        before = self._kinds.at(position - 1)
        return (
            before is not None
            and before[1] == "either"
            and before[0] not in AREAS
            and position - 1 not in (end, start - 1)
        )

    def _is_across_corner(self, position: int, start: int) -> bool:
        return self._corner is not None and (position > self._corner) != (start > self._corner)

    def _is_marked(self, position: int, start: int, end: int) -> bool:
        """Return whether a word for a house stands beside a number: дом 12, 12-үй."""
        before = self._tokens[position - 1].role if position else ""
        after = self._tokens[position + 1].role if position + 1 < len(self._tokens) else ""
        beyond = position + 2
        is_next_house = (
            beyond < len(self._tokens) and self._tokens[beyond].type == "number" and not start <= beyond < end
        )
        if before == "house" and self._stands_before(position - 1):
            return True
        return after == "house" and (not is_next_house or not self._stands_before(position + 1))

    def _stands_before(self, position: int) -> bool:
        """Return whether a word for a house belongs to the number after it; the Kazakh one follows."""
        is_kazakh = self._tokens[position].key.startswith("уи")
        follows_number = position > 0 and self._tokens[position - 1].type == "number"
        return not (is_kazakh and follows_number)

    def _may_precede(self, position: int, start: int, end: int) -> bool:
        """Return whether a number before a name may be its house: 45 Tole Bi, not the 2 of Самал-2, Абая."""
        token = self._tokens[position]
        if token.joined or all(t.type == "number" for t in self._tokens[start:end]):
            return False
        if any(name_end == position for _, name_end in self._names):
            return False  # the house of the name before it
        beside = [self._kinds.at(position - 1), self._kinds.at(position + 1)]
        return not any(word is not None and word[0] in AREAS for word in beside)
