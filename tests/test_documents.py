"""Pages that are made from the code say what the code says."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from geo_service import errors
from geo_service.campaign.document import layer_tables, renewed_page
from geo_service.campaign.model import CampaignInfo
from geo_service.campaign.schema import FORMAT_VERSION, LAYERS

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = (DOCS / "campaign-file.md").read_text(encoding="utf-8")


def test_page_of_the_campaign_file_is_what_the_schema_makes():
    assert renewed_page(PAGE) == PAGE, "run: python -m geo_service.campaign.document docs"


def test_tables_name_every_layer_and_every_column_with_its_meaning():
    tables = layer_tables()

    assert f"Format version: **{FORMAT_VERSION}**" in tables
    for layer in LAYERS:
        section = tables.split(f"### `{layer.name}`\n")[1].split("### ")[0]
        rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (yes|no) \| (.+) \|$", section, re.MULTILINE)
        assert rows == [
            (column.name, column.type, "yes" if column.nullable else "no", column.meaning)
            for column in layer.columns
        ]


def test_tables_say_of_each_layer_whether_its_geometry_may_be_empty():
    said = dict(
        re.findall(r"^### `(\w+)`\n\n.*Geometry .*; (never|may be) empty\.$", layer_tables(), re.MULTILINE)
    )

    assert said == {
        "districts": "never",
        "precincts": "may be",
        "stations": "may be",
        "places": "may be",
        "houses": "may be",
    }


def test_a_page_without_marks_is_not_renewed():
    with pytest.raises(ValueError, match="lacks the marks"):
        renewed_page("# The campaign file\n")


def test_page_names_every_fact_of_the_campaign():
    facts = PAGE.split("`info` has the keys")[1].split("### ")[0]

    assert all(f"`{field.name}`" in facts for field in dataclasses.fields(CampaignInfo))


def test_page_names_errors_that_exist():
    named = re.findall(r"\| `(\w+Error)` \|", PAGE)

    assert named == ["NotACampaignError", "CampaignVersionError", "DamagedCampaignError"]
    assert all(issubclass(getattr(errors, name), errors.GeoServiceError) for name in named)


def test_links_between_pages_lead_somewhere():
    pages = [*DOCS.rglob("*.md"), DOCS.parent / "README.md"]

    broken = [
        f"{page.relative_to(DOCS.parent)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]

    assert broken == []


def test_readme_shows_what_the_sample_city_answers(sample_city):
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")

    shown = re.findall(r"^([\d.]+)\t([\d.]+)\t(\d+)\tSAMPLE$", readme, flags=re.MULTILINE)

    assert len(shown) == 2
    for lat, lon, number in shown:
        assert sample_city.index.locate(float(lon), float(lat)) == int(number)
