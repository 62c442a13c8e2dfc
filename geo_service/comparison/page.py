"""The page of a comparison: one HTML file with a list of what differs and a map of it.

Loads Folium, and with it pandas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import shapely

from geo_service.campaign.model import Campaign, Language
from geo_service.comparison.model import Comparison
from geo_service.comparison.sections import Section, left_out_lines, sections, vote_lines
from geo_service.comparison.wording import sample_mark
from geo_service.served.render_map import map_content
from geo_service.translations import text
from maps.standalone import Background, Chapter, Remark, Report, render_report

_LISTED = 1000  # entries of one sort in a chapter: more than anybody reads, and browsers stay quick
_DETAILS = 2000  # details of an entry, likewise
_BORDERS_OF = 3000  # precincts: the borders of more would make a file of tens of megabytes
_WORDS = ("map", "show", "layers", "zoom_in", "zoom_out", "borders", "streets", "nothing")
_SIGNS = {"added": "+", "gone": "−", "changed": "~", "moved": "→"}


def comparison_page(
    comparison: Comparison,
    language: Language,
    *,
    hashes: tuple[str, str] = ("", ""),
    tile_url: str = "",
    tile_attribution: str = "",
) -> str:
    """Return the page of a comparison.

    Parameters
    ----------
    comparison
        What differs.
    language
        Of the page.
    hashes
        Content hashes of the old and the new campaign, to be shown.
    tile_url, tile_attribution
        Online tiles as the map's background; without them it draws the campaign's streets.

    Returns
    -------
    str
        An HTML document that needs no other file.
    """
    return render_report(
        Report(
            language=language,
            title=text("diff.page.title", language),
            facts=(*vote_lines(comparison, language, hashes), *left_out_lines(comparison, language)),
            chapters=tuple(_chapter(section, language) for section in sections(comparison, language)),
            sorts={sort: text(f"diff.page.sort.{sort}", language) for sort in _SIGNS},
            signs=_SIGNS,
            words=_words(language),
            background=_background(comparison.new, language, tile_url, tile_attribution),
            mark=_mark(comparison, language),
        )
    )


def _words(language: Language) -> Mapping[str, str]:
    return {name: text(f"diff.page.{name}", language) for name in _WORDS}


def _mark(comparison: Comparison, language: Language) -> str | None:
    """Return the mark of a sample if either campaign is one: its numbers are on the page."""
    if not (comparison.old.info.is_sample or comparison.new.info.is_sample):
        return None
    return f"{text('mark.sample', language)} · {text('page.sample', language)}"


def _chapter(section: Section, language: Language) -> Chapter:
    remarks, left = [], 0
    taken: Counter[str] = Counter()
    for entry in section.entries:
        taken[entry.change] += 1
        if taken[entry.change] > _LISTED:
            left += 1
            continue
        details = entry.details[:_DETAILS]
        if len(details) < len(entry.details):
            details = (*details, text("cli.more", language, count=len(entry.details) - len(details)))
        remarks.append(Remark(entry.change, entry.words, details, entry.shape))
    more = text("diff.page.more", language, count=left) if left else ""
    return Chapter(section.title, section.summary, tuple(remarks), more)


def _background(campaign: Campaign, language: Language, tile_url: str, tile_attribution: str) -> Background:
    content = map_content(campaign)
    territorial = [precinct for precinct in content.precincts if precinct.kind == "territorial"]
    drawn = territorial if len(territorial) <= _BORDERS_OF else []
    shapes = [precinct.geometry for precinct in drawn] or [item.geometry for item in campaign.districts]
    points = shapely.point_on_surface([precinct.geometry for precinct in drawn])
    return Background(
        borders=shapely.union_all(shapely.boundary(shapes)) if shapes else None,
        numbers=[
            (f"{precinct.number}{sample_mark(campaign, language)}", point.x, point.y)
            for precinct, point in zip(drawn, points, strict=True)
        ],
        streets=content.streets,
        tile_url=tile_url,
        tile_attribution=tile_attribution,
    )
