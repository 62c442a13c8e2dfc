"""The table of findings in docs/quality.md, made from the codes and checks that the program uses.

``python -m geo_service.quality.document docs`` renews it; the rest of the page is written by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

from geo_service.campaign.finding_codes import FINDING_CODES
from geo_service.campaign.summary import SEVERITIES
from geo_service.quality.checks import CHECKED_CODES
from geo_service.quality.view import advice_of

PAGE = "quality.md"
_BEGIN = "<!-- Made by `python -m geo_service.quality.document docs`; edit the codes, not the table. -->\n"
_END = "<!-- End of what is made. -->\n"


def renewed_page(page: str) -> str:
    """Return the page with its table made anew.

    Raises
    ------
    ValueError
        If the page lacks the marks between which the table stands.
    """
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"the page lacks the marks {_BEGIN.strip()} and {_END.strip()}")
    return before + begin + findings_table() + end + after


def findings_table() -> str:
    """Return a table of every code, the worst first, as Markdown."""
    codes = sorted(FINDING_CODES, key=lambda code: SEVERITIES.index(FINDING_CODES[code].severity))
    rows = "".join(
        f"| `{code}` | {FINDING_CODES[code].severity} | {'check' if code in CHECKED_CODES else 'build'} "
        f"| {FINDING_CODES[code].meaning} | {advice_of(code, 'en') or ''} |\n"
        for code in codes
    )
    return f"| code | severity | found by | meaning | what to do |\n|---|---|---|---|---|\n{rows}"


def main() -> None:
    """Renew the page in the directory that the first argument names."""
    path = Path(sys.argv[1]) / PAGE
    path.write_text(renewed_page(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
