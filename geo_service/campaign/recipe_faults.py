"""What is wrong with a recipe, in words for its author."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from geo_service.campaign.nearest_word import nearest
from geo_service.errors import RecipeError

_MANUAL = "docs/recipe.md tells what each key means."
_UNKNOWN, _MISSING, _OWN_WORDS = "extra_forbidden", "missing", "value_error"
_NOT_IN_LIST = "literal_error"
_SCALARS = "text, a number, true or false, a date or a time"
#: What a value must be, by the types of pydantic's faults.
_EXPECTED: Mapping[str, str] = {
    "string_type": "text in quotation marks",
    "string_too_short": "text that is not empty",
    "float_type": "a number",
    "float_parsing": "a number",
    "greater_than": "a number above 0",
    "less_than_equal": "a smaller number",
    "bool_type": "true or false, without quotation marks",
    "bool_parsing": "true or false, without quotation marks",
    "tuple_type": "a list; rules are written as [[campaign.rules]]",
    "dict_type": 'a table, e.g. { key = "value" }',
    "model_type": 'a table, e.g. { key = "value" }',
}


def recipe_error(error: ValidationError, model: type[BaseModel], *, file: str) -> RecipeError:
    """Return the error of the first fault that pydantic found, which mentions the keys of the others.

    Parameters
    ----------
    error
        What pydantic found.
    model
        The model of the whole recipe.
    file
        The recipe's name.
    """
    # A misspelt key is the cause where its right form is missing, too.
    faults = sorted(error.errors(include_url=False), key=lambda fault: fault["type"] != _UNKNOWN)
    paths = list(dict.fromkeys(_path(fault["loc"]) for fault in faults))
    problem, remedy = _words(faults[0], paths[0], model)
    others = ", ".join(".".join(path) for path in paths[1:])
    also = f" (Also wrong: {others}.)" if others else ""
    return RecipeError(
        problem + also, remedy, file=file, item=_item(faults[0]["loc"]), field=".".join(paths[0]) or None
    )


def _path(location: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys that lead to a fault, without the names that pydantic gives to alternatives."""
    in_values = len(location) > 1 and location[1] == "values"
    return tuple(part for part in (location[:3] if in_values else location) if isinstance(part, str))


def _item(location: tuple[int | str, ...]) -> str | None:
    """Return which entry of a list a fault is in, counted from one."""
    position = next((part for part in location if isinstance(part, int)), None)
    return None if position is None else f"entry {position + 1}"


def _words(fault: Any, path: tuple[str, ...], model: type[BaseModel]) -> tuple[str, str]:
    """Return the problem and the remedy of a fault."""
    kind = fault["type"]
    if kind == _UNKNOWN:
        known = _known_keys(model, path[:-1])
        where = f"[{'.'.join(path[:-1])}]" if path[:-1] else "A recipe"
        return (
            f'{where} has no key "{path[-1]}".',
            f"{nearest(path[-1], known)}Its keys are: {', '.join(known)}.",
        )
    if kind == _MISSING:
        what = f'key "{path[-1]}"' if path[1:] else f"section [{path[-1]}]"
        return f"The {what} is missing.", f"Add it; {_MANUAL}"
    if kind == _NOT_IN_LIST:
        return f"The value must be one of: {fault['ctx']['expected'].replace(' or ', ', ')}.", _MANUAL
    if kind == _OWN_WORDS:
        return fault["msg"].removeprefix("Value error, ").rstrip(".") + ".", _MANUAL
    if path[1:2] == ("values",) and path[2:]:
        return f"The value must be {_SCALARS}, or a table of such by the source's words.", _MANUAL
    return f"The value must be {_EXPECTED.get(kind, 'another one')}.", _MANUAL


def _known_keys(model: type[BaseModel], path: tuple[str, ...]) -> list[str]:
    """Return the keys that there are in the table that a path leads to."""
    for key in path:
        annotation: Any = model.model_fields[key].annotation
        model = next(kind for kind in (annotation, *get_args(annotation)) if _is_model(kind))
    return list(model.model_fields)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
