"""KML and KMZ as Google Earth, GIS programs and people write them."""

from __future__ import annotations

import pytest
from shapely import GeometryCollection, MultiPolygon, Point

from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions
from geo_service.sources.registry import read_table
from tests.geo_service.sources.damage import KML, RING, archive, kml, polygon_kml

CLOSED = f"{RING} 76.90,43.20"
POINT = "<Point><coordinates>76.91,43.21</coordinates></Point>"


def test_extended_data_of_both_kinds_are_columns(tmp_path):
    simple = '<ExtendedData><SchemaData><SimpleData name="number">5</SimpleData></SchemaData></ExtendedData>'
    plain = '<ExtendedData><Data name="Район"><value>Медеуский</value></Data></ExtendedData>'

    table = read_table(kml(polygon_kml(CLOSED, simple), polygon_kml(CLOSED, plain, name="2"))(tmp_path))

    assert table.columns == ("name", "number", "Район")
    assert list(table.rows) == [("1", "5", None), ("2", None, "Медеуский")]
    assert list(table.items) == ["placemark 1", "placemark 2"]
    assert table.crs.to_epsg() == 4326


def test_folders_are_a_column_and_can_be_chosen(tmp_path):
    folders = (
        f"<Folder><name>Участки</name><Folder><name>Медеу</name>{polygon_kml(CLOSED)}</Folder></Folder>"
        f"<Folder><name>stations</name><Placemark>{POINT}</Placemark></Folder>"
    )
    path = kml(folders)(tmp_path)

    everything = read_table(path)
    stated = read_table(path, ReadOptions(layer="Участки"))
    usual = read_table(path, ReadOptions(usual_layer="stations"))

    assert [row[-1] for row in everything.rows] == ["Участки/Медеу", "stations"]
    assert list(stated.items) == ["placemark 1"]
    assert list(usual.items) == ["placemark 2"]
    with pytest.raises(SourceError, match="stations, Медеу, Участки"):
        read_table(path, ReadOptions(layer="precincts"))


def test_placemark_without_geometry_has_none(tmp_path):
    assert read_table(kml("<Placemark><name>1</name></Placemark>")(tmp_path)).geometries == [None]


def test_parts_holes_and_heights_are_kept(tmp_path):
    ring = "<LinearRing><coordinates>{}</coordinates></LinearRing>"
    outline = f"<outerBoundaryIs>{ring.format('0,0,5 9,0,5 9,9,5 0,9,5 0,0,5')}</outerBoundaryIs>"
    hole = f"<innerBoundaryIs>{ring.format('1,1 2,1 2,2 1,1')}</innerBoundaryIs>"
    polygon = f"<Polygon>{outline}{hole}</Polygon>"
    several = f"<Placemark><MultiGeometry>{polygon}{polygon}</MultiGeometry></Placemark>"
    mixed = f"<Placemark><MultiGeometry>{polygon}{POINT}</MultiGeometry></Placemark>"
    single = f"<Placemark><MultiGeometry>{POINT}</MultiGeometry></Placemark>"

    parts, collection, point = read_table(kml(several, mixed, single)(tmp_path)).geometries

    assert isinstance(parts, MultiPolygon)
    assert parts.has_z
    assert len(parts.geoms[0].interiors) == 1
    assert isinstance(collection, GeometryCollection)
    assert point == Point(76.91, 43.21)


@pytest.mark.parametrize("ring", ["0,0,5 9,0 9,9,5 0,0,5", "0,0,0 9,0,0 9,9,0 0,0,0"])
def test_heights_at_some_corners_only_or_of_nothing_are_left_out(tmp_path, ring):
    (shape,) = read_table(kml(polygon_kml(ring))(tmp_path)).geometries

    assert not shape.has_z


def test_documents_of_a_kmz_that_link_to_one_another_are_read_once(tmp_path):
    link = "<NetworkLink><name>{0}</name><Link><href>{0}.kml</href></Link></NetworkLink>"
    documents = {
        "doc.kml": link.format("a") + link.format("b"),
        "a.kml": polygon_kml(CLOSED, name="first"),
        "b.kml": polygon_kml(CLOSED, name="second"),
    }
    members = [(name, KML.format(text).encode()) for name, text in documents.items()]

    table = read_table(archive(members, "a.kmz")(tmp_path))

    assert [row[0] for row in table.rows] == ["first", "second"]
    assert [row[1] for row in table.rows] == ["a", "b"]


def test_documents_that_link_in_a_circle_are_refused(tmp_path):
    link = "<NetworkLink><Link><href>doc.kml</href></Link></NetworkLink>"

    with pytest.raises(SourceError, match="links to another file"):
        read_table(archive([("doc.kml", KML.format(link + link).encode())], "a.kmz")(tmp_path))


def test_folders_nested_without_end_are_read(tmp_path):
    deep = "<Folder>" * 3000 + polygon_kml(CLOSED) + "</Folder>" * 3000

    assert len(read_table(kml(deep)(tmp_path)).rows) == 1
