"""GDAL's errors and warnings, in the project's words."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError

from geo_service.errors import SourceError

# UnicodeError: text that is not UTF-8, whatever the format prescribes. UnboundLocalError: pyogrio 0.13 meets
# it where the text of a coordinate system is not UTF-8.
_UNREADABLE = (DataSourceError, DataLayerError, FeatureError, FieldError, UnicodeError, UnboundLocalError)


@contextmanager
def readable(path: Path, format_name: str) -> Iterator[None]:
    """Make GDAL's errors those of the project, and silence its warnings, which tell what readers check.

    Parameters
    ----------
    path
        The file that is read within.
    format_name
        What people call its format.

    Raises
    ------
    geo_service.errors.SourceError
        If GDAL cannot read the file.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            warnings.simplefilter("ignore", UserWarning)
            yield
    except _UNREADABLE as error:
        # GDAL names the file with its folder, which is nobody's business.
        reason = str(error).replace(f"{path.parent}/", "").rstrip(". ")
        raise SourceError(
            f"The file cannot be read as {format_name} ({reason}).",
            "Export it again from your GIS, and check that the suffix fits the format.",
            file=path.name,
        ) from error
