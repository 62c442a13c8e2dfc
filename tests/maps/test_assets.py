"""Browser files: there, complete, and for browsers from 2018 on."""

from __future__ import annotations

import re

import pytest

from maps.assets import VENDOR_SCRIPTS, VENDOR_STYLES, own_files, vendor_files

# Syntax and functions newer than ES2018; each would stop a whole module on an older phone.
TOO_NEW = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish coalescing": r"\?\?",
    "logical assignment": r"(\|\||&&)=",
    "catch without a binding": r"catch\s*\{",
    "dynamic import": r"\bimport\(",
    "import.meta": r"\bimport\.meta\b",
    "private fields": r"\bthis\.#",
    "newer functions": r"\.(flat|flatMap|at|replaceAll|replaceChildren|matchAll|fromEntries|allSettled)\(",
}
MODULES = sorted(name for name in own_files() if name.endswith(".js"))


def test_every_library_file_is_installed():
    assert {url for url, path in vendor_files().items() if not path.is_file()} == set()


def test_what_a_map_loads_is_among_the_library_files():
    assert {*VENDOR_SCRIPTS.values(), *VENDOR_STYLES.values()} <= set(vendor_files())


def test_pictures_that_the_style_sheets_name_are_served():
    for url, path in vendor_files().items():
        if url.endswith(".css"):
            directory = url.rsplit("/", 1)[0]
            named = re.findall(r"url\(([^)#]+)\)", path.read_text(encoding="utf-8"))
            assert {f"{directory}/{name}" for name in named} <= set(vendor_files())


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("what", TOO_NEW)
def test_modules_run_in_browsers_of_2018(name, what):
    source = re.sub(r"//.*|/\*[\s\S]*?\*/", "", own_files()[name].read_text(encoding="utf-8"))

    assert re.findall(TOO_NEW[what], source) == []


@pytest.mark.parametrize("name", sorted(own_files()))
def test_our_files_name_no_other_host(name):
    found = re.findall(r"https?://\w[^\s\"')]+", own_files()[name].read_text(encoding="utf-8"))

    assert set(found) <= {"http://www.w3.org/2000/svg"}


# The one that takes an answer of our own server apart, in a template that is not part of the page.
@pytest.mark.parametrize("name", [name for name in MODULES if name != "asking.js"])
def test_modules_write_text_and_never_markup(name):
    source = own_files()[name].read_text(encoding="utf-8")

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", source)
