"""What must be known of a workbook before its values are read: is it safe, what is merged, hidden, computed.

XLSX and ODS are archives of XML. Every part is read once as a stream: archives that unpack to far more than
tables hold, document types and entities, and sheets larger than any list are refused here, so that the reader
of values never sees them.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.parsers import expat

from geo_service.errors import SourceError
from geo_service.sources.ods_scan import ods_sheets
from geo_service.sources.sheet_facts import SheetFacts
from geo_service.sources.workbook_xml import MAX_UNPACKED, no_workbook, parse_xml
from geo_service.sources.xlsx_scan import xlsx_sheets

#: The most cells, rows by columns, that a sheet may span.
MAX_CELLS = 6_000_000
_MAX_PARTS = 10_000


def scan_workbook(path: Path) -> list[SheetFacts]:
    """Return the facts of the sheets of an XLSX or ODS file, in their order.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    geo_service.errors.SourceError
        If it is no such workbook, is protected by a password, unpacks to more than `MAX_UNPACKED`, has a
        document type or entities, or a sheet spans more than `MAX_CELLS`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_archive(archive, path.name)
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                sheets = list(xlsx_sheets(archive, path.name))
            elif "content.xml" in names:
                sheets = ods_sheets(archive, path.name)
            else:
                raise no_workbook(path.name, "it has no workbook inside")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise no_workbook(path.name, str(error) or type(error).__name__) from error
    except expat.ExpatError as error:
        raise no_workbook(path.name, str(error)) from error
    except (LookupError, ValueError, OverflowError, zipfile.LargeZipFile) as error:
        raise no_workbook(path.name, str(error).strip("'\"")) from error
    for sheet in sheets:
        if sheet.rows * sheet.columns > MAX_CELLS:
            raise SourceError(
                f'The sheet "{sheet.name}" spans {sheet.rows} rows and {sheet.columns} columns, '
                f"more than {MAX_CELLS} cells.",
                "Delete what stands far below or to the right of the list, or copy the list to a new file.",
                file=path.name,
            )
    return sheets


def _check_archive(archive: zipfile.ZipFile, file: str) -> None:
    parts = archive.infolist()
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise SourceError(
            f"The file unpacks to more than {MAX_UNPACKED // 1024**2} megabytes.",
            "Copy the list alone to a new workbook, without pictures and other sheets.",
            file=file,
        )
    names = [part.filename for part in parts]
    if len(set(names)) < len(names):
        raise no_workbook(file, "a part stands in it twice")
    if any(part.flag_bits & 0x1 for part in parts):
        raise no_workbook(file, "it is protected by a password")
    # Every part, also those that are not looked at here: the reader of values may open them.
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                parse_xml(stream, file, {})
