"""Read KML and KMZ.

The XML is read here and not by GDAL: so entities never expand, what is not read is named, and each fault is
told with its placemark.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pyproj import CRS

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding
from geo_service.errors import SourceError
from geo_service.sources.archive import Limits, Member, list_members, opened, read_member
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.kml_geometry import GeometryReader, local_name

_CONTAINERS = frozenset({"kml", "Document", "Folder", "NetworkLink"})
#: Elements beside the placemarks that show something.
_NOT_READ = ("GroundOverlay", "PhotoOverlay", "ScreenOverlay")
_OWN_COLUMNS = ("name", "description")
Record = tuple[dict[str, str], Element]


def read_kml(path: Path, options: ReadOptions) -> Table:
    """Read a KML file.

    Parameters
    ----------
    path
        The file.
    options
        ``layer`` is the name of a folder whose placemarks are read, those of its subfolders included; without
        it those of the folder that is named as usual, or all.

    Returns
    -------
    Table
        Columns ``name``, ``description``, ``folder`` and those of the extended data, as far as any placemark
        has them. Items are ``placemark N``, counted from 1 through the file. WGS 84; heights are kept.

    Raises
    ------
    geo_service.errors.SourceError
        If this is no KML, has a document type or entities, links to other files, or a geometry cannot be
        read.
    """
    return _table(path.read_bytes(), path.name, options, {})


def read_kmz(path: Path, options: ReadOptions) -> Table:
    """Read a KMZ file: a ZIP archive with a KML file, by custom ``doc.kml``.

    Parameters
    ----------
    path
        The file.
    options
        See `read_kml`.

    Returns
    -------
    Table
        See `read_kml`.

    Raises
    ------
    geo_service.errors.SourceError
        Also if the archive is damaged or dangerous (see `geo_service.sources.archive`), or holds no KML file
        or several.
    """
    limits = Limits()
    with opened(path) as archive:
        documents = [member for member in list_members(archive, path.name, limits) if member.suffix == ".kml"]
        main = _main_document(documents, path.name)
        texts = {member.name: read_member(archive, member, path.name, limits) for member in documents}
    return _table(texts[main.name], path.name, options, texts)


def _main_document(documents: list[Member], file: str) -> Member:
    usual = [member for member in documents if member.name.lower() == "doc.kml"]
    if len(usual or documents) != 1:
        raise SourceError(
            f"The archive holds {len(documents)} KML files and no doc.kml.",
            "Unpack it, and name one .kml file in the recipe.",
            file=file,
        )
    return (usual or documents)[0]


def _table(data: bytes, file: str, options: ReadOptions, linked: Mapping[str, bytes]) -> Table:
    if options.encoding is not None:
        raise SourceError(
            "A KML file states its encoding itself.", 'Remove "encoding" from the section.', file=file
        )
    root = _parse(data, file)
    documents = _Documents(file, linked)
    records = _chosen(list(documents.records(root)), options, file)
    items = [f"placemark {number}" for number, _ in records]
    reader = GeometryReader(file)
    geometries = [reader.read(element, item) for (_, (_, element)), item in zip(records, items, strict=True)]
    values = [record for _, (record, _) in records]
    columns = tuple(dict.fromkeys(name for record in values for name in record))
    rows = [tuple(record.get(name) for name in columns) for record in values]
    findings = [*reader.findings(), *_not_read([root, *documents.opened], file)]
    return Table(file, columns, rows, items, geometries, CRS.from_epsg(4326), findings)


def _parse(data: bytes, file: str) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise SourceError(
            "The file has a document type or entities (DTD): no map needs them, and they can do harm.",
            "Export it again from your GIS; do not open this file elsewhere.",
            file=file,
        ) from error
    except (ParseError, ValueError, LookupError, RecursionError, MemoryError) as error:
        raise SourceError(
            f"The file is not XML ({error}).",
            "Export it again from your GIS, as UTF-8: letters in another encoding than the first line of the "
            "file states are no XML either.",
            file=file,
        ) from error
    if local_name(root) != "kml":
        raise SourceError(
            f'The file is no KML: its outermost element is "{local_name(root)[:60]}".',
            "Give it the suffix of its format.",
            file=file,
        )
    return root


class _Documents:
    """The placemarks of a document and of those in the same archive that it links to.

    Parameters
    ----------
    file
        The file's name, for errors.
    linked
        The KML files of the archive by name.
    """

    def __init__(self, file: str, linked: Mapping[str, bytes]) -> None:
        self._file = file
        self._linked = dict(linked)
        self.opened: list[Element] = []

    def records(self, root: Element) -> Iterator[Record]:
        """Yield columns and element of each placemark, in file order."""
        # A list of what is left to do, not recursion: folders may be nested as deeply as an author likes.
        waiting: list[tuple[Element, tuple[str, ...]]] = [(root, ())]
        while waiting:
            element, folders = waiting.pop()
            name = local_name(element)
            if name == "Placemark":
                yield _columns(element, folders), element
            elif name in _CONTAINERS:
                if name in {"Folder", "NetworkLink"}:
                    folders = (*folders, _child_text(element, "name") or "")
                inside = [self._follow(element)] if name == "NetworkLink" else element
                waiting.extend((child, folders) for child in reversed(inside))

    def _follow(self, link: Element) -> Element:
        """Return the document that a link leads to; each is read once, so that links in a circle end."""
        target = next((_text(element) for element in link.iter() if local_name(element) == "href"), "")
        data = self._linked.pop(posixpath.normpath(target), None) if target else None
        if data is None:
            raise SourceError(
                "The file links to another file, which is not read.",
                "Open the link, save its content as KML, and name that file in the recipe.",
                file=self._file,
                item=f"NetworkLink {_child_text(link, 'name') or ''}".strip(),
            )
        self.opened.append(_parse(data, self._file))
        return self.opened[-1]


def _chosen(records: list[Record], options: ReadOptions, file: str) -> list[tuple[int, Record]]:
    """Return the placemarks of the folder that is asked for, with their numbers in the file."""
    numbered = list(enumerate(records, 1))
    folders = {folder for record, _ in records for folder in record.get("folder", "").split("/") if folder}
    wanted = options.layer
    if wanted is None and options.usual_layer in folders:
        wanted = options.usual_layer
    if wanted is None:
        return numbered
    if wanted not in folders:
        raise SourceError(
            f'The file has no folder "{wanted}"; it has: {", ".join(sorted(folders)) or "none"}.',
            'Correct "layer" in the section.',
            file=file,
            field="layer",
        )
    return [
        (number, record) for number, record in numbered if wanted in record[0].get("folder", "").split("/")
    ]


def _columns(placemark: Element, folders: tuple[str, ...]) -> dict[str, str]:
    values = {name: text for name in _OWN_COLUMNS if (text := _child_text(placemark, name))}
    if any(folders):
        values["folder"] = "/".join(folders)
    for data in placemark.iter():
        kind = local_name(data)
        name = data.get("name")
        if name and kind == "SimpleData":
            values[name] = _text(data)
        elif name and kind == "Data":
            values[name] = _child_text(data, "value") or ""
    return values


def _child_text(element: Element, name: str) -> str | None:
    child = next((child for child in element if local_name(child) == name), None)
    return None if child is None else _text(child) or None


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _not_read(documents: Sequence[Element], file: str) -> list[Finding]:
    elements = [local_name(element) for document in documents for element in document.iter()]
    counts = {kind: elements.count(kind) for kind in _NOT_READ}
    found = {kind: count for kind, count in counts.items() if count}
    if not found:
        return []
    return [make_finding("parts_not_read", file=file, kinds=", ".join(found), count=sum(found.values()))]
