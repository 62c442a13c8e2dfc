"""Lists with faults that offices make: no house silently in a wrong precinct, and every fault is told."""

from __future__ import annotations

import random

from openpyxl import Workbook

from tests.geo_service.house_lists.conftest import MAP, build, found
from tests.geo_service.house_lists.layouts import rows, singles

TYPOS = 0.03
LETTERS = "абвгдежзиклмнопрстуфхцчшщыэюя"


def misspelt(text: str, random_: random.Random) -> str:
    """A text with one letter of its name left out, doubled, exchanged with its neighbour or another."""
    kind, _, name = text.partition(" ")
    at = random_.choice([i for i, letter in enumerate(name) if letter.isalpha()])
    change = random_.choice(["lost", "doubled", "exchanged", "other"])
    if change == "lost" and len(name) > 3:
        name = name[:at] + name[at + 1 :]
    elif change == "doubled":
        name = name[:at] + name[at] + name[at:]
    elif change == "exchanged" and at + 1 < len(name) and name[at] != name[at + 1]:
        name = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    else:
        name = name[:at] + random_.choice(LETTERS.replace(name[at].lower(), "")) + name[at + 1 :]
    return f"{kind} {name}"


def plant(campaign, path, *, seed=1):
    """Write the list with faults; return the rows of each kind as the spreadsheet counts them."""
    random_ = random.Random(seed)
    listed = [list(row) for row in rows(campaign, "ru", singles)]
    planted = {"typo": [], "again": [], "in two": []}
    named = [i for i, row in enumerate(listed) if sum(map(str.isalpha, row[3].partition(" ")[2])) > 3]
    names = {name.casefold() for place in campaign.places for name in place.names.as_dict().values() if name}
    names |= {alias.name.casefold() for alias in campaign.aliases}
    for i in random_.sample(named, max(10, int(TYPOS * len(listed)))):
        right = listed[i][3]
        while listed[i][3].partition(" ")[2].casefold() in names:
            listed[i][3] = misspelt(right, random_)
        planted["typo"].append(i + 2)
    plain = [i for i in range(len(listed)) if i + 2 not in planted["typo"]]
    numbers = sorted({row[0] for row in listed})
    for kind in ("again", "in two"):
        for i in random_.sample(plain, 6):
            copy = list(listed[i])
            if kind == "in two":
                copy[0] = random_.choice([number for number in numbers if number != copy[0]])
            listed.append(copy)
            planted[kind].append(len(listed) + 1)
    book = Workbook()
    sheet = book.active
    sheet.append(["№ участка", "Район", "Микрорайон", "Улица", "Дома"])
    start = None
    for number, row in enumerate(listed, 2):
        same = number > 2 and listed[number - 3][0] == row[0]
        sheet.append([None if same else row[0], *row[1:]])
        if not same:
            start = number
        following = listed[number - 1][0] if number - 1 < len(listed) else None
        if following != row[0] and start != number:
            sheet.merge_cells(f"A{start}:A{number}")
    book.save(path)
    return planted


def told(findings):
    """The rows that findings name, those of the other side of a contradiction included."""
    named = {finding.item for finding in findings if finding.code.startswith("list_street")}
    for finding in findings:
        if finding.code in {"list_house_in_two", "list_houses_repeated"}:
            named |= {finding.item, *str(finding.values.get("rows", "")).split(", ")}
    return named


def test_no_house_is_silently_in_a_wrong_precinct_and_every_fault_is_told(part, folder):
    planted = plant(part, folder / "list.xlsx")

    campaign, findings = build(folder, 'file = "list.xlsx"', MAP)

    true = {(house.place, house.number): house.precinct for house in part.houses}
    wrong = [
        house
        for house in campaign.houses
        if house.precinct is not None and true.get((house.place, house.number)) != house.precinct
    ]
    assert wrong == []
    silent = {kind: [i for i in items if f"row {i}" not in told(findings)] for kind, items in planted.items()}
    assert silent == {"typo": [], "again": [], "in two": []}
    assert found(findings, "cells_merged")
    without = sum(house.precinct is None for house in campaign.houses)
    assert sum(f.values["count"] for f in found(findings, "list_houses_in_none")) == without
