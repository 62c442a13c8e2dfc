"""The recipe's section of house lists, as a build uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geo_service.campaign.model import Campaign, House
from geo_service.campaign.recipe import Recipe
from geo_service.house_lists.applying import AppliedLists, apply_lists
from geo_service.house_lists.corrections import Corrections, read_corrections
from geo_service.house_lists.findings_sheet import write_sheet
from geo_service.house_lists.loading import LoadedLists, load_house_lists


def lists_of(recipe: Recipe) -> LoadedLists | None:
    """Return the tables of a recipe's house lists; None without the section.

    Raises
    ------
    geo_service.errors.SourceError
        See `load_house_lists`.
    """
    if recipe.house_lists is None:
        return None
    return load_house_lists(recipe.house_lists, recipe.path.parent)


def apply_to(
    recipe: Recipe,
    lists: LoadedLists,
    campaign: Campaign,
    codes: Mapping[str, House],
    told: Callable[[int], None] = lambda _: None,
) -> AppliedLists:
    """Return a campaign with what the house lists of its recipe say; see `apply_lists`.

    Parameters
    ----------
    recipe, lists, campaign
        What is built.
    codes
        Houses by the official codes of their addresses.
    told
        Called with the number of cells that are done, now and then.

    Raises
    ------
    geo_service.errors.SourceError
        If the corrections cannot be read.
    """
    entry = recipe.house_lists
    assert entry is not None  # noqa: S101 - there are no lists without the section
    stated = entry.corrections
    return apply_lists(
        lists,
        campaign,
        has_places="places" in recipe.sections,
        is_only_source=not recipe.sections.keys() & {"precincts", "stations"},
        authority=entry.authority,
        corrections=Corrections() if stated is None else read_corrections(recipe.path.parent / stated),
        codes=codes,
        told=told,
    )


def write_findings_sheet(recipe: Recipe, applied: AppliedLists, campaign: Campaign) -> None:
    """Write the findings sheet where the recipe wants it; without a wish, none.

    Raises
    ------
    geo_service.errors.StoreError
        If it cannot be written there.
    """
    if recipe.house_lists is not None and recipe.house_lists.findings is not None:
        write_sheet(recipe.path.parent / recipe.house_lists.findings, applied, campaign)
