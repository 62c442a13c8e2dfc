"""Read a cell of houses: ``1–15 нечётные, 2А; все, кроме 14 и 16; от 12 до конца; 14-үйден басқа``.

Nothing is guessed: a word or sign that is not known makes the whole cell one that is not understood.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable, Mapping

from geo_service.addresses.house_numbers import base, canonical
from geo_service.house_lists.house_terms import Clause, HouseCell, Run, Side, Single, Term, Whole
from geo_service.house_lists.house_words import Token, TokenType, read_tokens

_PLAIN_NUMBER = re.compile(r"\s*(?:№\s*)?(\d{1,5}[А-Яа-я]?)\s*")
_FIRST = "1"


def read_house_cell(text: str) -> HouseCell:
    """Return what a cell of houses says.

    Parameters
    ----------
    text
        The houses alone, without their street.

    Returns
    -------
    HouseCell
        With ``unclear`` if any part is not understood, contradicts another, or nothing is left.

    Notes
    -----
    - A range without a side holds both sides of the street, unless the same cell has another one beside it
      and their ends are all even here and all odd there: ``2–20, 3–31``.
    - ``12-1`` does not ascend: it is the number of one house.
    - ``1/1-2`` may be two houses or a range, and is not understood; neither is ``2-4-6``.
    """
    plain_number = _PLAIN_NUMBER.fullmatch(text)
    if plain_number is not None:
        return HouseCell((Clause((Single(canonical(plain_number[1])),)),))
    return _CellReader(list(read_tokens(text))).read()


class _CellReader:
    """Reads the tokens of one cell from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._clauses: list[Clause] = []
        self._unclear: list[str] = []
        self._handlers: Mapping[TokenType, Callable[[], None]] = {
            "number": self._number, "from": self._from, "to": self._to, "odd": self._side, "even": self._side,
            "all": self._all, "except": self._except, "except_before": self._except_before,
            "comma": self._comma, "break": self._end_clause, "open": self._open, "close": self._close,
            "dash": self._dash, "after_number": self._unknown, "end": self._unknown,
            "unknown": self._unknown,
        }  # fmt: skip
        self._begin_clause()

    def read(self) -> HouseCell:
        """Return what the tokens say."""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            handler = self._handlers.get(token.type)
            if handler is not None:
                handler()
        self._end_clause()
        if not self._clauses and not self._unclear:
            self._unclear.append("".join(token.text for token in self._tokens))
        return HouseCell(_with_plain_sides(self._clauses), tuple(self._unclear))

    def _begin_clause(self) -> None:
        self._terms: list[Term] = []
        self._exceptions: list[Term] = []
        self._excepting = self._in_brackets = False
        self._side_before: Side | None = None  # of the terms that follow
        self._side_is_used = True
        self._has_term_beside = False  # the last token belongs to a term: a side behind it is the term's

    def _peek(self, ahead: int = 0) -> TokenType | None:
        position = self._at + ahead
        return self._tokens[position].type if position < len(self._tokens) else None

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1].text

    def _skip(self, *types: TokenType) -> bool:
        """Pass over tokens of some types, and return whether there was one."""
        start = self._at
        while self._peek() in types:
            self._at += 1
        return self._at > start

    def _add(self, term: Term) -> None:
        side, self._side_is_used = self._side_before, True
        if side is not None and isinstance(term, Single) and base(term.number) % 2 != (side == "odd"):
            self._unclear.append(term.number)
        if side is not None and not isinstance(term, Single):
            term = dataclasses.replace(term, side=side)
        (self._exceptions if self._excepting else self._terms).append(term)
        self._has_term_beside = True

    def _number(self) -> None:
        first = self._tokens[self._at - 1].text
        if self._kazakh_suffix():  # 1-ден 15-ке дейін, 12-ден бастап
            self._rest_of_run(first)
        elif self._peek() in {"dash", "to"} and self._peek(1) in {"number", "to", "end"}:
            dash = self._take()
            self._after_dash(first, dash)
        elif self._peek() == "and" and self._peek(1) == "end":  # 12 и далее
            self._at += 2
            self._add(Run(first, None))
        else:
            self._add(Single(first))

    def _kazakh_suffix(self) -> bool:
        if self._peek() == "dash" and self._peek(1) == "after_number":
            self._at += 2
            return True
        return False

    def _after_dash(self, first: str, dash: str) -> None:
        self._skip("to", "filler")
        if self._peek() == "end":
            self._at += 1
            self._add(Run(first, None))
        elif self._peek() == "number":
            last = self._take()
            self._kazakh_suffix()
            self._skip("to")
            self._add_run(first, last, dash)
        else:
            self._unclear.append(f"{first}{dash}")

    def _add_run(self, first: str, last: str, dash: str) -> None:
        has_form = first != str(base(first))
        if self._peek() == "dash" and self._peek(1) == "number":
            self._unclear.append(f"{first}{dash}{last}-")  # 2-4-6
        elif base(last) > base(first) and not ("/" in first and last == str(base(last))):
            self._add(Run(first, last))
        elif dash == "-" and not has_form and last == str(base(last)) and last != first:
            self._add(Single(f"{first}-{last}"))
        else:
            self._unclear.append(f"{first}{dash}{last}")

    def _from(self) -> None:
        self._skip("filler")
        if self._peek() != "number":
            self._unclear.append(self._tokens[self._at - 1].text)
            return
        first = self._take()
        self._kazakh_suffix()
        self._rest_of_run(first)

    def _rest_of_run(self, first: str) -> None:
        """Read on after ``от 12``: ``до 40``, ``до конца``, ``и далее``."""
        self._skip("and", "to", "dash", "filler")
        if self._peek() == "end":
            self._at += 1
            self._skip("to")  # соңына дейін
            self._add(Run(first, None))
        elif self._peek() == "number":
            last = self._take()
            self._kazakh_suffix()
            self._skip("to")
            self._add_run(first, last, "–")
        else:
            self._unclear.append(first)

    def _to(self) -> None:
        """Read ``до 40``, which begins at the beginning of the street."""
        self._skip("filler")
        if self._peek() == "number":
            self._add(Run(_FIRST, self._take()))
        else:
            self._unclear.append(self._tokens[self._at - 1].text)

    def _side(self) -> None:
        side: Side = "odd" if self._tokens[self._at - 1].type == "odd" else "even"
        listed = self._exceptions if self._excepting else self._terms
        if not self._has_term_beside or not listed:
            self._whole_side()
            self._side_before, self._side_is_used = side, False
            return
        term = listed[-1]
        if isinstance(term, Single):
            if base(term.number) % 2 != (side == "odd"):
                self._unclear.append(self._tokens[self._at - 1].text)
        elif term.side not in (None, side):
            self._unclear.append(self._tokens[self._at - 1].text)
        else:
            listed[-1] = dataclasses.replace(term, side=side)

    def _whole_side(self) -> None:
        """Take a side that nothing followed for all of it."""
        if not self._side_is_used:
            self._add(Whole())
            self._side_before = None

    def _all(self) -> None:
        self._add(Whole())

    def _except(self) -> None:
        self._whole_side()
        self._excepting, self._side_before, self._has_term_beside = True, None, False

    def _except_before(self) -> None:
        """Read ``басқа``: the houses right before it are the exceptions, what stands before them is not."""
        taken: list[Term] = []
        while self._terms and isinstance(self._terms[-1], Single):
            taken.insert(0, self._terms.pop())
        if not taken:
            self._unclear.append(self._tokens[self._at - 1].text)
        self._exceptions += taken

    def _comma(self) -> None:
        self._whole_side()
        self._has_term_beside = False

    def _open(self) -> None:
        self._in_brackets = True

    def _close(self) -> None:
        self._whole_side()
        if self._in_brackets:
            self._excepting = False
        self._in_brackets = False

    def _dash(self) -> None:
        # 14-үйден: the hyphen joins a word to its number; "нечётные – 1, 3": it stands for a colon.
        if self._peek() not in {"filler", "except_before", "number", "from", "all", "odd", "even"}:
            self._unclear.append(self._tokens[self._at - 1].text)

    def _unknown(self) -> None:
        self._unclear.append(self._tokens[self._at - 1].text)

    def _end_clause(self) -> None:
        self._whole_side()
        if not self._terms and self._exceptions and _only_singles(self._exceptions) and self._clauses:
            # Барлық үйлер; 14, 16-үйден басқа
            last = self._clauses.pop()
            self._terms, self._exceptions = list(last.terms), [*last.exceptions, *self._exceptions]
        if self._terms or self._exceptions:
            self._refuse_idle_exceptions()
            self._clauses.append(Clause(tuple(self._terms), tuple(self._exceptions)))
        self._begin_clause()

    def _refuse_idle_exceptions(self) -> None:
        """Refuse an exception of nothing, and one of a house that is named itself."""
        for term in self._exceptions:
            if isinstance(term, Single):
                held = {other.holds(term.number) for other in self._terms}
                if "named" in held or held == {None} or not held:
                    self._unclear.append(term.number)
            elif not self._terms:
                self._unclear.append("…")


def _only_singles(terms: list[Term]) -> bool:
    return all(isinstance(term, Single) for term in terms)


def _with_plain_sides(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Give their side to ranges whose ends make it plain: ``2–20, 3–31`` are the even and the odd side."""
    runs = [
        term for clause in clauses for term in clause.terms if isinstance(term, Run) and term.side is None
    ]
    plain = {
        run
        for one, other in itertools.combinations(runs, 2)
        if {_side_of(one), _side_of(other)} == {"odd", "even"} and _meet(one, other)
        for run in (one, other)
    }
    if not plain:
        return tuple(clauses)
    return tuple(
        dataclasses.replace(
            clause,
            terms=tuple(
                dataclasses.replace(term, side=_side_of(term))
                if isinstance(term, Run) and term in plain
                else term
                for term in clause.terms
            ),
        )
        for clause in clauses
    )


def _side_of(run: Run) -> Side | None:
    """Return the side that both ends of a range stand on; None if they do not, or one is open."""
    if run.last is None or (base(run.first) + base(run.last)) % 2:
        return None
    return "odd" if base(run.first) % 2 else "even"


def _meet(one: Run, other: Run) -> bool:
    return base(one.first) <= base(other.last or "") and base(other.first) <= base(one.last or "")
