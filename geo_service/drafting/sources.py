"""What lies in source files: their layers, each with its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from geo_service.campaign.values import cell_text
from geo_service.errors import SourceError
from geo_service.sources.archive import Limits, list_members, opened
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.encodings import detect_encoding
from geo_service.sources.geopackage import geopackage_layers
from geo_service.sources.registry import READERS, read_table
from geo_service.sources.workbook_scan import scan_workbook

_TEXT = frozenset({".csv", ".tsv"})
#: Tables of a campaign file that are no source.
_OWN_TABLES = frozenset({"campaign", "findings", "artefacts"})


@dataclass(frozen=True)
class Source:
    """One layer of one file.

    Parameters
    ----------
    path
        The file.
    layer
        The layer to state in a recipe; None where the file has only one.
    table
        What it holds.
    encoding
        The encoding to state in a recipe; None where the file's own, or UTF-8, fits.
    """

    path: Path
    layer: str | None
    table: Table
    encoding: str | None = None

    @property
    def title(self) -> str:
        """What to call it in comments."""
        return self.path.name if self.layer is None else f'{self.path.name}, layer "{self.layer}"'

    @property
    def geometry_kind(self) -> str:
        """What most geometries are: ``polygon``, ``line``, ``point``, ``mixed``, or ``none``."""
        kinds = Counter(
            _KINDS.get(shape.geom_type, "mixed")
            for shape in self.table.geometries or ()
            if shape is not None and not shape.is_empty
        )
        return kinds.most_common(1)[0][0] if kinds else "none"

    def column(self, name: str) -> list[str | None]:
        """Return the texts of a column."""
        position = self.table.columns.index(name)
        return [cell_text(row[position]) for row in self.table.rows]

    def words(self, name: str) -> list[str]:
        """Return the different texts of a column, the most frequent first."""
        return [text for text, _ in Counter(filter(None, self.column(name))).most_common()]


_KINDS = {
    "Polygon": "polygon", "MultiPolygon": "polygon", "GeometryCollection": "polygon", "LineString": "line",
    "MultiLineString": "line", "LinearRing": "line", "Point": "point", "MultiPoint": "point",
}  # fmt: skip


def read_sources(path: Path) -> list[Source]:
    """Return every layer of a file that has records or columns.

    Parameters
    ----------
    path
        A file of any format that a recipe can name.

    Raises
    ------
    geo_service.errors.SourceError
        If the file is missing, or its reader refuses it.
    """
    if not path.is_file():
        raise SourceError("There is no such file.", "Correct its path.", file=str(path))
    names: Sequence[str | None] = layer_names(path) or [None]
    single = len(names) == 1
    sources = [_read(path, None if single else name) for name in names]
    return [source for source in sources if source.table.columns or source.table.rows]


def _read(path: Path, layer: str | None) -> Source:
    """Return a source; text whose encoding is not stated is looked at."""
    try:
        return Source(path, layer, read_table(path, ReadOptions(layer=layer)))
    except SourceError:
        codec = detect_encoding([path.read_bytes()]) if path.suffix.lower() in _TEXT else None
        if codec in {None, "ascii", "utf-8"}:
            raise
        return Source(path, layer, read_table(path, ReadOptions(layer=layer, encoding=codec)), codec)


def layer_names(path: Path) -> list[str]:
    """Return the names of the layers of a file; none where the format has no layers."""
    suffix = path.suffix.lower()
    if suffix == ".gpkg":
        names = geopackage_layers(path)
        return [name for name in names if name not in _OWN_TABLES or not set(names) >= _OWN_TABLES]
    if suffix == ".zip":
        return _members(path)
    if suffix in {".kml", ".kmz"}:
        return _folders(read_table(path))
    return _sheets(path) if suffix in {".xlsx", ".ods"} else []


def _members(path: Path) -> list[str]:
    """Return the source files of an archive, as a recipe names them."""
    with opened(path) as archive:
        members = list_members(archive, path.name, Limits())
    names = [PurePosixPath(member.name) for member in members if member.suffix in READERS]
    stems = Counter(name.stem for name in names)
    return [name.stem if stems[name.stem] == 1 else str(name) for name in names]


def _folders(table: Table) -> list[str]:
    """Return the outermost folders of a KML file if each holds another kind of geometry, else none.

    Folders that hold one kind, such as precincts by district, are read together.
    """
    if "folder" not in table.columns or table.geometries is None:
        return []
    position = table.columns.index("folder")
    pairs = {
        (str(row[position] or "").split("/")[0], _KINDS.get(shape.geom_type, "mixed"))
        for row, shape in zip(table.rows, table.geometries, strict=True)
        if shape is not None
    }
    names = [name for name, _ in pairs]
    differ = len(pairs) == len(set(names)) == len({kind for _, kind in pairs}) > 1
    return sorted(names) if differ and all(names) else []


def _sheets(path: Path) -> list[str]:
    return [sheet.name for sheet in scan_workbook(path) if sheet.rows and not sheet.is_hidden]
