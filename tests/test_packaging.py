"""The project installs from a wheel and in place, and finds its files wherever it is started."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[1]
PACKAGES = ("boundaries", "geo_service", "maps", "templates")
VERSION = importlib.metadata.version("geo-service")

SHOW_FILES = """
import importlib.resources, sys
for package in sys.argv[1:]:
    print(importlib.resources.files(package))
"""


def _package_files() -> set[str]:
    return {
        path.relative_to(REPO).as_posix()
        for package in PACKAGES
        for path in (REPO / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def _run(*command: str | Path, cwd: Path) -> str:
    run = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False, timeout=240
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A copy of the sources, so that no build leaves anything in the checkout, or finds anything there."""
    source = tmp_path_factory.mktemp("source")
    for package in PACKAGES:
        shutil.copytree(REPO / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPO / name, source)
    return source


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ".", cwd=source)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def dependencies(tmp_path_factory) -> Path:
    """The libraries of the running environment without the project itself, so that no network is needed."""
    directory = tmp_path_factory.mktemp("dependencies")
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        ours = entry.name.startswith(("geo_service", "__editable__", *PACKAGES))
        if not ours and entry.suffix != ".pth":
            (directory / entry.name).symlink_to(entry)
    return directory


def _environment(directory: Path, dependencies: Path) -> Path:
    """Make a virtual environment that sees the dependencies; return its directory of programs."""
    _run(sys.executable, "-m", "venv", "--without-pip", directory, cwd=directory.parent)
    site_packages = sysconfig.get_path(
        "purelib", "venv", {"base": str(directory), "platbase": str(directory)}
    )
    Path(site_packages, "dependencies.pth").write_text(f"{dependencies}\n")
    return directory / "bin"


def _install(bin_directory: Path, *what: str | Path) -> None:
    pip = (sys.executable, "-m", "pip", "--python", bin_directory / "python")
    options = ("--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--no-warn-script-location")
    _run(*pip, "install", *options, *what, cwd=bin_directory)


@pytest.fixture(scope="module")
def from_wheel(wheel, dependencies, tmp_path_factory) -> Path:
    bin_directory = _environment(tmp_path_factory.mktemp("from_wheel") / "venv", dependencies)
    _install(bin_directory, wheel)
    return bin_directory


@pytest.fixture(scope="module")
def in_place(source, dependencies, tmp_path_factory) -> Path:
    bin_directory = _environment(tmp_path_factory.mktemp("in_place") / "venv", dependencies)
    _install(bin_directory, "--editable", source)
    return bin_directory


@pytest.fixture(params=["from_wheel", "in_place"])
def bin_directory(request) -> Path:
    return request.getfixturevalue(request.param)


def test_wheel_holds_every_file_of_the_packages(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())

    assert _package_files() - held == set()


def test_wheel_holds_the_packages_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}

    assert tops == {*PACKAGES, f"geo_service-{VERSION}.dist-info"}


@pytest.mark.parametrize(
    "pattern",
    [
        "templates/*.html", "maps/static/*.js", "maps/static/*.css", "geo_service/sample_city/facts/*.csv",
        "geo_service/translations/kk.po", "geo_service/translations/ru.po", "geo_service/translations/en.po",
        "boundaries/py.typed", "geo_service/py.typed", "maps/py.typed",
    ],
)  # fmt: skip
def test_wheel_holds_what_is_no_python(wheel, pattern):
    with zipfile.ZipFile(wheel) as archive:
        assert any(Path(name).match(pattern) for name in archive.namelist())


def test_wheel_carries_its_licence(wheel):
    with zipfile.ZipFile(wheel) as archive:
        licences = [name for name in archive.namelist() if name.endswith("/LICENSE")]
        assert "MIT" in archive.read(licences[0]).decode()


def test_command_tells_its_version_from_any_directory(bin_directory, tmp_path):
    output = _run(bin_directory / "geo-service", "--version", cwd=tmp_path)

    assert output.strip().endswith(VERSION)


def test_command_helps_from_any_directory(bin_directory, tmp_path):
    output = _run(bin_directory / "geo-service", "--help", cwd=tmp_path)

    assert all(command in output for command in ("build", "locate", "sample", "serve"))


def test_packages_are_the_installed_ones_and_find_their_files_from_any_directory(
    bin_directory, source, tmp_path
):
    output = _run(bin_directory / "python", "-c", SHOW_FILES, *PACKAGES, cwd=tmp_path)

    homes = [Path(line) for line in output.splitlines()]
    root = homes[0].parent
    assert homes == [root / package for package in PACKAGES]
    assert root == source or bin_directory.parent in root.parents
    assert {name for name in _package_files() if not (root / name).is_file()} == set()


def test_texts_are_found_from_any_directory(bin_directory, tmp_path):
    program = "from geo_service.translations import text; print(text('mark.sample', 'kk'))"

    assert _run(bin_directory / "python", "-c", program, cwd=tmp_path).strip()


def test_pages_are_found_from_any_directory(bin_directory, tmp_path):
    program = """
from geo_service.web.app import create_app
print(*sorted(create_app().jinja_loader.list_templates()))
"""
    names = _run(bin_directory / "python", "-c", program, cwd=tmp_path).split()

    assert {path.name for path in (REPO / "templates").glob("*.html")} <= set(names)
