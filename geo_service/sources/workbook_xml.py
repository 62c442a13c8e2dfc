"""Read the XML inside workbooks as a stream, without document types, entities and endless parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from geo_service.errors import SourceError

#: The most bytes that a workbook may unpack to: a list of half a million rows has a quarter of that.
MAX_UNPACKED = 512 * 1024 * 1024
_CHUNK = 1 << 16

#: Attributes of an element, by their names with namespace.
Attributes = Mapping[str, str]


def parse_xml(
    stream: IO[bytes],
    file: str,
    handlers: Mapping[str, Callable[[Attributes], None]],
    ends: Mapping[str, Callable[[], None]] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML as a stream and call a handler for each element that one is given for.

    Parameters
    ----------
    stream
        The XML.
    file
        The name of the workbook, for errors.
    handlers, ends
        What is called at the beginning and end of elements, by their names with or without namespace.
    text
        What is called with text.

    Raises
    ------
    geo_service.errors.SourceError
        If there is a document type or an entity, or more than `MAX_UNPACKED` bytes.
    xml.parsers.expat.ExpatError
        If this is no XML.
    """
    parser = expat.ParserCreate()
    refuse = _refuser(file)
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    if handlers:
        parser.StartElementHandler = _starts(handlers)
    if ends:
        parser.EndElementHandler = _ends(ends)
    if text is not None:
        parser.CharacterDataHandler = text
    read = 0
    while chunk := stream.read(_CHUNK):
        read += len(chunk)
        if read > MAX_UNPACKED:
            raise no_workbook(file, "a part of it has no end")
        parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position
    parser.Parse(b"", True)  # noqa: FBT003


def _refuser(file: str) -> Callable[..., None]:
    """Return what is called at a document type or entity: nothing of the kind is ever expanded."""

    def refuse(*_: object) -> None:
        raise SourceError(
            "The file declares a document type or entities, which no spreadsheet program writes.",
            "Save it again in a spreadsheet program.",
            file=file,
        )

    return refuse


def _starts(handlers: Mapping[str, Callable[[Attributes], None]]) -> Callable[[str, Attributes], None]:
    def start(name: str, attributes: Attributes) -> None:
        handler = handlers.get(name) or handlers.get(name.rpartition(":")[2])
        if handler is not None:
            handler(attributes)

    return start


def _ends(handlers: Mapping[str, Callable[[], None]]) -> Callable[[str], None]:
    def end(name: str) -> None:
        handler = handlers.get(name) or handlers.get(name.rpartition(":")[2])
        if handler is not None:
            handler()

    return end


def no_workbook(file: str, reason: str) -> SourceError:
    """Return the error of a file that cannot be read as a workbook."""
    return SourceError(
        f"The file cannot be read as a workbook ({reason[:120]}).",
        "Open it in a spreadsheet program and save it again as .xlsx or .ods, without a password.",
        file=file,
    )
