"""PostGIS, on a server of the test's own: a socket in a temporary folder, no network, no password."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest
import shapely

from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions
from geo_service.sources.registry import read_table
from tests.geo_service.sources.written import frame, hash_of, read_back


def programs():
    """Where PostgreSQL's programs are; the newest version goes first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("pg_ctl")
    return next((folder for folder in [*folders, *([Path(found).parent] if found else [])]
                 if (folder / "initdb").exists()), None)  # fmt: skip


@pytest.fixture(scope="module")
def server():
    """The folder of a server's socket; its database has PostGIS and the tables `shapes` and `curves`."""
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    # PostgreSQL refuses to run as root.
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    if user not in {entry.pw_name for entry in pwd.getpwall()}:
        pytest.skip("there is no user postgres, and PostgreSQL refuses to run as root")
    with tempfile.TemporaryDirectory(prefix="gs-pg-") as directory:
        shutil.chown(directory, user)

        def run(program, *arguments):
            subprocess.run(
                [folder / program, *arguments], user=user, cwd=directory, check=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

        data = f"{directory}/data"
        run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-D", data, "-w", "-l", f"{directory}/log", "-o",
            f"-c listen_addresses='' -c fsync=off -k {directory}", "start")  # fmt: skip
        try:
            with psycopg.connect(host=directory, user="postgres", dbname="postgres") as connection:
                prepare(connection)
            yield directory
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def prepare(connection):
    available = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").fetchone()
    if available is None:
        pytest.skip("PostGIS is not installed")
    # Many databases keep PostGIS in a schema of its own.
    connection.execute(
        "CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis; SET search_path = public, gis"
    )
    connection.execute(
        "CREATE TABLE shapes (gid int, name text, area numeric, geom geometry(Polygon, 32643))"
    )
    connection.execute(
        "INSERT INTO shapes SELECT n, 'Әуезов ' || n, 1.50, ST_Transform(ST_MakeEnvelope("
        "76.9 + n / 100.0, 43.2, 76.91 + n / 100.0, 43.21, 4326), 32643) FROM generate_series(1, 3) n"
    )
    connection.execute(
        "CREATE TABLE curves AS SELECT 'SRID=4326;CURVEPOLYGON(CIRCULARSTRING("
        "76.9 43.2, 76.91 43.21, 76.92 43.2, 76.91 43.19, 76.9 43.2))'::geometry AS geom"
    )


@pytest.fixture
def read(server, tmp_path):
    """Read a `.postgis` file with these lines beside those of the connection."""

    def read_lines(*lines, **options):
        path = tmp_path / "a.postgis"
        path.write_text("\n".join([f'host = "{server}"', 'user = "postgres"', 'dbname = "postgres"', *lines]))
        return read_table(path, ReadOptions(**options))

    return read_lines


def test_table_is_read_with_its_system_and_its_keys(read):
    table = read('table = "public.shapes"')

    assert table.columns == ("gid", "name", "area")
    assert table.rows[0][:2] == (1, "Әуезов 1")
    assert list(table.items) == ["gid 1", "gid 2", "gid 3"]
    assert table.crs.to_epsg() == 32643
    assert all(isinstance(shape, shapely.Polygon) for shape in table.geometries)


def test_query_is_read_with_a_comment_at_its_end(read):
    table = read("query = '''SELECT name, geom FROM shapes WHERE gid > 1 -- 100 %\n;'''")

    assert [row[0] for row in table.rows] == ["Әуезов 2", "Әуезов 3"]
    assert list(table.items) == ["row 1", "row 2"]


def test_query_without_geometry_is_a_plain_table(read):
    assert read("query = 'SELECT gid FROM shapes'").geometries is None


def test_arcs_are_straightened_and_reported(read):
    table = read('table = "curves"')

    assert table.geometries[0].geom_type == "Polygon"
    assert [finding.code for finding in table.findings] == ["curves_straightened"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("DELETE FROM shapes RETURNING *", "refuses the query"),
        ("SELECT 1) AS a; DELETE FROM shapes; SELECT * FROM (SELECT 1", "refuses the query"),
        ("SELECT 1) AS a; COMMIT; DROP TABLE shapes; --", "refuses the query"),
        ("WITH gone AS (DELETE FROM shapes RETURNING *) SELECT * FROM gone", "refuses the query"),
        ("SELECT setval('s', 1)", "refuses the query"),
        ("SELECT FROM", "refuses the query"),
        ("SELECT geom, geom AS other FROM shapes", "several geometry columns: geom, other"),
        ("SELECT gid, gid FROM shapes", "one name"),
        ("SELECT geom FROM shapes UNION ALL SELECT geom FROM curves", "several coordinate reference systems"),
    ],
)
def test_query_that_writes_or_is_wrong_is_refused_and_changes_nothing(read, query, words):
    with pytest.raises(SourceError, match=words) as caught:
        read(f'query = """{query}"""')

    assert caught.value.place.file == "a.postgis"
    assert len(read('table = "shapes"').rows) == 3


def test_query_that_takes_too_long_is_stopped(read):
    with pytest.raises(SourceError, match="timeout"):
        read("query = 'SELECT pg_sleep(60)'", "timeout_seconds = 1")


def test_campaign_comes_back_from_tables_with_the_same_hash(
    server, tmp_path, small_campaign, small_campaign_path
):
    sections = {}
    with psycopg.connect(host=server, user="postgres", dbname="postgres") as connection:
        for name in ("districts", "precincts", "stations"):
            write_table(connection, name, frame(small_campaign, name).to_crs(3857))
            (tmp_path / f"{name}.postgis").write_text(
                f'host = "{server}"\nuser = "postgres"\ndbname = "postgres"\ntable = "{name}"\n'
            )
            sections[name] = f'file = "{name}.postgis"'

    campaign, _ = read_back(tmp_path, sections, small_campaign_path)

    assert hash_of(campaign) == hash_of(small_campaign)


def write_table(connection, name, layer):
    columns = list(layer.columns[:-1])
    listed = ", ".join(f"{column} text" for column in columns)
    connection.execute(f"SET search_path = public, gis; CREATE TABLE {name} ({listed}, geom geometry)")
    marks = ", ".join(["%s"] * len(columns))
    for row in layer.itertuples(index=False):
        values = [None if value != value or value is None else str(value) for value in row[:-1]]  # noqa: PLR0124
        shape = None if row[-1] is None else shapely.to_wkb(row[-1])
        connection.execute(f"INSERT INTO {name} VALUES ({marks}, ST_GeomFromWKB(%s, 3857))", [*values, shape])


@pytest.mark.parametrize(
    ("text", "words", "field"),
    [
        ('table = "a"\npassword = "secret"', "password must not stand", "password"),
        ('table = "a"\nquery = "SELECT 1"', "either table or query", None),
        ('dbname = "a"', "either table or query", None),
        ('table = "a"\nport = 0', "greater than", "port"),
        ('table = "a"\ntabel = "b"', "Extra inputs", "tabel"),
        ("table = ", "not TOML", None),
        (f'table = "a"\nhost = "{os.sep}nowhere"', "does not answer", None),
    ],
)
def test_file_that_is_wrong_is_refused_without_saying_a_password(tmp_path, text, words, field):
    path = tmp_path / "a.postgis"
    path.write_text(text)

    with pytest.raises(SourceError, match=words) as caught:
        read_table(path)

    assert caught.value.place.field == field
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("option", ["layer", "encoding"])
def test_options_that_a_database_does_not_have_are_refused(tmp_path, option):
    path = tmp_path / "a.postgis"
    path.write_text('table = "a"')

    with pytest.raises(SourceError, match=option):
        read_table(path, ReadOptions(**{option: "x"}))
