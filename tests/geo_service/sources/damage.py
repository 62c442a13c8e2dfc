"""Damaged GIS files, made in code, each with what a reader says of it or how it is mended.

`INPUTS` is the table: a name, what makes the file, and the words of the error. `REPAIRED` likewise, with the
code of the finding. A maker takes a folder and returns the path of the file.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import warnings
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import geopandas
import numpy as np
import pyarrow.parquet
import pyogrio
import shapely
from shapely import Point, Polygon, box

SQUARE = [[76.90, 43.20], [76.92, 43.20], [76.92, 43.22], [76.90, 43.22], [76.90, 43.20]]
KML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
    "<Document>{}</Document></kml>"
)
RING = "76.90,43.20 76.92,43.20 76.92,43.22 76.90,43.22"
Maker = Callable[[Path], Path]


class Damaged(NamedTuple):
    """A damaged file: what makes it, what is said, and of which item and field."""

    make: Maker
    words: str
    item: str | None = None
    field: str | None = None


class Repaired(NamedTuple):
    """A damaged file that is mended: what makes it, the finding, and its values."""

    make: Maker
    code: str
    values: dict
    count: int = 1


def polygon_kml(ring, extra="", name="1"):
    return (
        f"<Placemark><name>{name}</name>{extra}<Polygon><outerBoundaryIs><LinearRing>"
        f"<coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
    )


def text_file(name, text, encoding="utf-8"):
    def make(folder):
        path = folder / name
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    return make


def kml(*placemarks, name="a.kml"):
    return text_file(name, KML.format("".join(placemarks)))


def geojson(*geometries, **properties):
    features = [
        {"type": "Feature", "properties": {"number": n, **properties}, "geometry": geometry}
        for n, geometry in enumerate(geometries, 1)
    ]
    return text_file("a.geojson", json.dumps({"type": "FeatureCollection", "features": features}))


def frame(shapes=None, crs=4326, **columns):
    shapes = shapes or [Polygon(SQUARE), box(76.92, 43.20, 76.94, 43.22)]
    return geopandas.GeoDataFrame({"number": range(1, len(shapes) + 1), **columns}, geometry=shapes, crs=crs)


def written(name, shapes=None, crs=4326, **columns):
    if name.endswith(".parquet"):
        return lambda folder: written_parquet(folder / name, frame(shapes, crs, **columns))
    drivers = {".tab": "MapInfo File", ".mif": "MapInfo File", ".fgb": "FlatGeobuf", ".gpkg": "GPKG"}

    def make(folder):
        path = folder / name
        options = {"driver": drivers[path.suffix]} if path.suffix in drivers else {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame(shapes, crs, **columns).to_file(path, **options)
        return path

    return make


def written_parquet(path, layer, **metadata):
    """A GeoParquet file; ``geo`` in its place among the metadata of the file."""
    layer.to_parquet(path, index=False)
    if metadata:
        table = pyarrow.parquet.read_table(path)
        pyarrow.parquet.write_table(table.replace_schema_metadata(metadata), path)
    return path


def changed(make, change, suffix=None):
    """The file that a maker makes, or the part of it with a suffix, with other bytes."""

    def remake(folder):
        path = make(folder)
        part = path.with_suffix(suffix) if suffix else path
        part.write_bytes(change(part.read_bytes()))
        return path

    return remake


def without(make, *suffixes):
    def remake(folder):
        path = make(folder)
        for suffix in suffixes:
            path.with_suffix(suffix).unlink()
        return path

    return remake


def renamed(make, suffix):
    def remake(folder):
        path = make(folder)
        return path.rename(path.with_suffix(suffix))

    return remake


def archive(members, name="a.zip", **attributes):
    """A ZIP archive of (name, bytes), each with attributes of `zipfile.ZipInfo`."""

    def make(folder):
        path = folder / name
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of names that stand twice
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
                for member, data in members:
                    info = zipfile.ZipInfo(member)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    for key, value in attributes.items():
                        setattr(info, key, value)
                    packed.writestr(info, data)
        return path

    return make


def packed(make, name="a.zip", leave_out=()):
    """The files that a maker makes, in an archive."""

    def remake(folder):
        inside = folder / "inside"
        inside.mkdir()
        make(inside)
        files = [
            (file.name, file.read_bytes())
            for file in sorted(inside.iterdir())
            if file.suffix not in leave_out
        ]
        return archive(files, name)(folder)

    return remake


def locked(folder):
    """An archive whose only member claims to be encrypted."""
    path = archive([("a.geojson", b"{}")])(folder)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(data)
    return path


def write_raw(path, shapes, columns, names, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of kinds that GeoPackage has as an extension only
        pyogrio.raw.write(path, shapes, columns, names, **options)


def blob(data):
    """A GeoPackage whose first geometry is these bytes."""

    def make(folder):
        path = written("a.gpkg")(folder)
        with closing(sqlite3.connect(path)) as database:
            triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in triggers:
                database.execute(f'DROP TRIGGER "{name}"')
            database.execute("UPDATE a SET geom = ? WHERE fid = 1", (data,))
            database.commit()
        return path

    return make


def curves(folder):
    """A GeoPackage whose first feature is a circle made of two arcs."""
    path = folder / "a.gpkg"
    arc = [(76.90, 43.20), (76.91, 43.21), (76.92, 43.20), (76.91, 43.19), (76.90, 43.20)]
    string = struct.pack("<BII", 1, 8, len(arc)) + b"".join(struct.pack("<dd", *position) for position in arc)
    shapes = np.array(
        [struct.pack("<BII", 1, 10, 1) + string, shapely.to_wkb(box(76.93, 43.2, 76.94, 43.21))], object
    )
    write_raw(
        path, shapes, [np.array([1, 2])], ["number"], driver="GPKG", geometry_type="Unknown", crs="EPSG:4326"
    )
    return path


def triangles(folder):
    """A GeoPackage with a surface of triangles in space."""
    path = folder / "a.gpkg"
    corners = [(76.90, 43.20, 1.0), (76.92, 43.20, 2.0), (76.92, 43.22, 3.0), (76.90, 43.20, 1.0)]
    ring = struct.pack("<I", 4) + b"".join(struct.pack("<ddd", *corner) for corner in corners)
    triangle = struct.pack("<BII", 1, 1017, 1) + ring
    shape = np.array([struct.pack("<BII", 1, 1016, 1) + triangle], object)
    write_raw(
        path, shape, [np.array([1])], ["number"], driver="GPKG", geometry_type="Unknown", crs="EPSG:4326"
    )
    return path


BOMB = b"0" * (70 << 20)
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><kml><Document><name>&c;</name></Document></kml>'
)
OUTSIDE_FILE = (
    '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml><name>&a;</name></kml>'
)
VIRTUAL_LAYER = (
    '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/http://127.0.0.1:9/a.geojson'
    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
)
PIPELINE = '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"}'
SHAPEFILE = written("a.shp", street=["Абая", "Ленина"])
SQUARE_GEOMETRY = {"type": "Polygon", "coordinates": [SQUARE]}

INPUTS: dict[str, Damaged] = {
    # Shapefile
    "shapefile without its index": Damaged(without(SHAPEFILE, ".shx"), ".shx is missing"),
    "shapefile without its table": Damaged(without(SHAPEFILE, ".dbf"), ".dbf is missing"),
    "shapefile alone": Damaged(without(SHAPEFILE, ".dbf", ".shx"), ".shx and .dbf is missing"),
    "shapefile cut short": Damaged(
        changed(SHAPEFILE, lambda data: data[:180], ".shp"), "cut short", "feature 1", "geometry"
    ),
    "shapefile that is empty": Damaged(
        changed(SHAPEFILE, lambda data: b"", ".shp"), "cannot be read as Shapefile"
    ),
    "shapefile with the table of another": Damaged(
        changed(SHAPEFILE, lambda data: data[:4] + struct.pack("<I", 7) + data[8:], ".dbf"),
        "do not belong together",
    ),
    "shapefile with an empty table file": Damaged(changed(SHAPEFILE, lambda data: b"", ".dbf"), "dbf"),
    "shapefile with a wrong code page": Damaged(
        changed(SHAPEFILE, lambda data: b"cp932\n", ".cpg"), "not in the encoding", None
    ),
    "shapefile with a ring that is not closed": Damaged(
        changed(SHAPEFILE, lambda data: data[:-16] + struct.pack("<dd", 76.93, 43.215), ".shp"),
        "not form a closed",
        "feature 2",
        "geometry",
    ),
    # GeoJSON
    "ring that is not closed": Damaged(
        geojson(SQUARE_GEOMETRY, {"type": "Polygon", "coordinates": [SQUARE[:-1]]}),
        "Close its rings",
        "feature 2",
        "geometry",
    ),
    "GeoJSON nested without end": Damaged(text_file("a.geojson", "[" * 200_000), "GeoJSON"),
    "GeoJSON with a deep geometry": Damaged(
        text_file(
            "a.geojson",
            '{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":'
            + "[" * 5000
            + "]" * 5000
            + "}}",
        ),
        "GeoJSON",
    ),
    "GeoJSON cut short": Damaged(changed(geojson(SQUARE_GEOMETRY), lambda data: data[:-40]), "GeoJSON"),
    "shapefile named GeoJSON": Damaged(renamed(SHAPEFILE, ".geojson"), "suffix"),
    "virtual layer named GeoJSON": Damaged(text_file("a.geojson", VIRTUAL_LAYER), "as GeoJSON"),
    "pipeline named GeoJSON": Damaged(text_file("a.geojson", PIPELINE), "read other files"),
    # GeoPackage
    "virtual layer named GeoPackage": Damaged(text_file("a.gpkg", VIRTUAL_LAYER), "does not begin like one"),
    "virtual layer named FlatGeobuf": Damaged(text_file("a.fgb", VIRTUAL_LAYER), "does not begin like one"),
    "GeoPackage cut short": Damaged(changed(written("a.gpkg"), lambda data: data[:5000]), "GeoPackage"),
    "database that is no GeoPackage": Damaged(
        text_file("a.gpkg", b"SQLite format 3\0" + bytes(500)), "GeoPackage"
    ),
    "geometry of a wrong kind of bytes": Damaged(
        blob(b"XX" + bytes(60)), "damaged there", "feature 1", "geometry"
    ),
    "geometry of no bytes": Damaged(blob(b""), "damaged there", "feature 1", "geometry"),
    "surface of triangles": Damaged(triangles, "not flat", "feature 1", "geometry"),
    # FlatGeobuf
    "FlatGeobuf cut short": Damaged(changed(written("a.fgb"), lambda data: data[:-30]), "FlatGeobuf"),
    "FlatGeobuf of zeros": Damaged(text_file("a.fgb", b"fgb\x03fgb\x01" + bytes(4000)), "FlatGeobuf"),
    # MapInfo
    "TAB without its table": Damaged(without(written("a.tab"), ".dat"), ".dat is missing"),
    "TAB without its map": Damaged(without(written("a.tab"), ".map"), ".map is missing"),
    "MIF without its table": Damaged(without(written("a.mif"), ".mid"), ".mid is missing"),
    "MIF cut short": Damaged(
        changed(written("a.mif"), lambda data: data[: len(data) * 2 // 3]), "2 lines in the .mid"
    ),
    "TAB that is only text": Damaged(
        changed(written("a.tab"), lambda data: b"not a table"), "cannot be read as MapInfo"
    ),
    # GeoParquet
    "Parquet without geometry": Damaged(
        lambda folder: written_parquet(folder / "a.parquet", frame(), other="x"), "does not say which column"
    ),
    "GeoParquet that names no such column": Damaged(
        lambda folder: written_parquet(
            folder / "a.parquet", frame(), geo='{"primary_column": "a", "columns": {"b": {}}}'
        ),
        "does not say which column",
    ),
    "GeoParquet in an unknown encoding": Damaged(
        lambda folder: written_parquet(
            folder / "a.parquet",
            frame(),
            geo='{"primary_column": "geometry", "columns": {"geometry": {"encoding": "new"}}}',
        ),
        'encoded as "new"',
    ),
    "GeoParquet cut short": Damaged(
        changed(written("a.parquet"), lambda data: data[:-20]), "cannot be read as GeoParquet"
    ),
    "TAB that is a view of others": Damaged(
        changed(written("a.tab"), lambda data: data.replace(b"Type NATIVE", b"Type LINKED")), "view or a link"
    ),
    "MIF that is a virtual layer": Damaged(
        changed(written("a.mif"), lambda data: VIRTUAL_LAYER.encode()), "does not begin like one"
    ),
    "shapefile that is a virtual layer": Damaged(
        changed(SHAPEFILE, lambda data: VIRTUAL_LAYER.encode(), ".shp"), "does not begin like one"
    ),
    # KML
    "entities that multiply": Damaged(text_file("a.kml", BILLION_LAUGHS), "document type or entities"),
    "entity that reads a file": Damaged(text_file("a.kml", OUTSIDE_FILE), "document type or entities"),
    "KML that is no XML": Damaged(text_file("a.kml", "<kml><Document>"), "not XML"),
    "KML in wrong bytes": Damaged(
        text_file("a.kml", KML.format("<name>Участок</name>"), "cp1251"), "not XML"
    ),
    "XML that is no KML": Damaged(text_file("a.kml", "<gpx/>"), "no KML"),
    "KML with text for a number": Damaged(
        kml(polygon_kml(RING), polygon_kml("76.9,43.2 76.9;43.3 77,43")),
        "no position",
        "placemark 2",
        "geometry",
    ),
    "KML with a decimal comma": Damaged(
        kml(polygon_kml("76,90,43,20 76,92,43,20 76,92,43,22")), "no position", "placemark 1"
    ),
    "KML with blanks after commas": Damaged(
        kml(polygon_kml("76.90, 43.20 76.92, 43.20")), "no position", "placemark 1"
    ),
    "KML ring of two corners": Damaged(
        kml(polygon_kml("76.9,43.2 76.9,43.3 76.9,43.2")), "fewer than three corners"
    ),
    "KML polygon without outline": Damaged(
        kml("<Placemark><Polygon/></Placemark>"), "0 outer rings", "placemark 1"
    ),
    "KML with endless coordinates": Damaged(kml(polygon_kml("1e999,43 76,43 76,44")), "no position"),
    "KML with a model": Damaged(kml("<Placemark><Model/></Placemark>"), "Model", "placemark 1"),
    "KML that links elsewhere": Damaged(
        kml("<NetworkLink><name>all</name><Link><href>http://localhost/a.kml</href></Link></NetworkLink>"),
        "links to another file",
        "NetworkLink all",
    ),
    "KML nested without end": Damaged(
        kml("<Placemark>" + "<MultiGeometry>" * 400 + "</MultiGeometry>" * 400 + "</Placemark>"),
        "nested too deeply",
    ),
    "placemark with two geometries": Damaged(
        kml("<Placemark>" + "<Point><coordinates>76,43</coordinates></Point>" * 2 + "</Placemark>"),
        "several geometries",
    ),
    # Archives
    "KMZ that is no archive": Damaged(renamed(kml(polygon_kml(RING)), ".kmz"), "archive cannot be read"),
    "KMZ without KML": Damaged(archive([("a.txt", b"1")], "a.kmz"), "0 KML files"),
    "KMZ with two documents": Damaged(archive([("a.kml", b"1"), ("b.kml", b"1")], "a.kmz"), "2 KML files"),
    "KMZ that unpacks without end": Damaged(
        archive([("doc.kml", BOMB)], "a.kmz"), "fill the disk", "doc.kml"
    ),
    "archive that unpacks without end": Damaged(archive([("a.geojson", BOMB)]), "fill the disk", "a.geojson"),
    "name that climbs": Damaged(archive([("../../evil.geojson", b"{}")]), "leads out"),
    "name from the root": Damaged(archive([("/tmp/evil.geojson", b"{}")]), "leads out"),
    "name on a drive": Damaged(archive([("C:evil.geojson", b"{}")]), "leads out"),
    "name with backslashes": Damaged(archive([("..\\..\\evil.geojson", b"{}")]), "leads out"),
    "link in an archive": Damaged(
        archive([("a.geojson", b"/etc/passwd")], external_attr=0o120777 << 16), "a link"
    ),
    "archive in an archive": Damaged(archive([("a.geojson", b"{}"), ("b.zip", b"PK")]), "archive inside"),
    "archive with a password": Damaged(locked, "password"),
    "archive with a name twice": Damaged(
        archive([("a.geojson", b"{}"), ("A.GEOJSON", b"{}")]), "the same name"
    ),
    "archive of too many files": Damaged(archive([(f"{n}.txt", b"") for n in range(2001)]), "at most 2000"),
    "archive without a map": Damaged(archive([("readme.txt", b"")]), "no file that can be read"),
    "archive with two maps": Damaged(
        archive([("a.csv", b"n\n1\n"), ("b.csv", b"n\n1\n")]), "a.csv, b.csv", None, "layer"
    ),
    "archive cut short": Damaged(
        changed(packed(SHAPEFILE), lambda data: data[: len(data) // 2]), "archive cannot be read"
    ),
    "archive with a changed byte": Damaged(
        changed(archive([("a.csv", b"number\n1\n")]), lambda data: data[:36] + b"\xff\xff" + data[38:]),
        "a.zip",
    ),
    "zipped shapefile without its table": Damaged(packed(SHAPEFILE, leave_out={".dbf"}), ".dbf is missing"),
}

REPAIRED: dict[str, Repaired] = {
    "KML ring that is not closed": Repaired(kml(polygon_kml(RING)), "rings_closed", {"count": 1}),
    "circle of arcs": Repaired(curves, "curves_straightened", {"count": 1}, 2),
    "overlay beside placemarks": Repaired(
        kml(polygon_kml(RING + " 76.90,43.20"), "<GroundOverlay/><ScreenOverlay/>"),
        "parts_not_read",
        {"kinds": "GroundOverlay, ScreenOverlay", "count": 2},
    ),
    "table without an encoding": Repaired(
        without(SHAPEFILE, ".cpg"), "encoding_assumed", {"encoding": "utf-8", "sample": "Абая"}, 2
    ),
}
POINT = Point(76.91, 43.21)
