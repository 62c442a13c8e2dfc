"""Unpack ZIP archives that strangers made: nothing outside one temporary folder, nothing endless.

Members are written into folders with names of our own, so a member's name never leads anywhere; names that
try to are refused all the same, for such an archive was not made by a GIS. What is really unpacked is
counted: the sizes that an archive states are not trusted.
"""

from __future__ import annotations

import lzma
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from geo_service.errors import SourceError

_MIB = 1 << 20
#: Suffixes of archives: one inside another is refused.
NESTED = frozenset({".7z", ".bz2", ".gz", ".kmz", ".rar", ".tar", ".tgz", ".xz", ".zip", ".zst"})
_CHUNK_BYTES = _MIB
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OverflowError, IndexError,
)  # fmt: skip
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold.

    Parameters
    ----------
    members
        Files and folders.
    unpacked_bytes
        Of all members together.
    ratio
        Unpacked to packed bytes of a member; an attribute table of blanks comes to some 300, a bomb to 1000.
    ratio_counts_from
        Unpacked bytes below which the ratio does not matter.
    """

    members: int = 2000
    unpacked_bytes: int = 1024 * _MIB
    ratio: int = 500
    ratio_counts_from: int = 64 * _MIB


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive.

    Parameters
    ----------
    name
        Its name in the archive, folders separated by ``/``.
    info
        What `zipfile` knows of it.
    """

    name: str
    info: zipfile.ZipInfo

    @property
    def suffix(self) -> str:
        """The suffix of the name, lower case."""
        return PurePosixPath(self.name).suffix.lower()


def list_members(archive: zipfile.ZipFile, file: str, limits: Limits) -> list[Member]:
    """Return the files of an archive, without folders and what macOS adds.

    Raises
    ------
    geo_service.errors.SourceError
        If there are too many, or one has a name that leads elsewhere, is a link, an archive, or encrypted, or
        stands twice.
    """
    infos = archive.infolist()
    if len(infos) > limits.members:
        raise SourceError(
            f"The archive holds {len(infos)} files; at most {limits.members} are unpacked.",
            "Put only the files of the map into it.",
            file=file,
        )
    members = [Member(_name(info), info) for info in infos if not info.is_dir()]
    members = [member for member in members if not _is_clutter(member.name)]
    seen: set[str] = set()
    for member in members:
        _check_member(member, file)
        if member.name.casefold() in seen:
            raise SourceError(
                "Two files in the archive have the same name.",
                "Pack it again.",
                file=file,
                item=member.name,
            )
        seen.add(member.name.casefold())
    return members


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP archive; what `zipfile` cannot read becomes an error of the project.

    Raises
    ------
    geo_service.errors.SourceError
        If the archive is damaged, or no ZIP archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except _BROKEN as error:
        raise SourceError(
            f"The archive cannot be read ({error}).",
            "Pack the files again as a ZIP archive, without a password.",
            file=path.name,
        ) from error


def read_member(archive: zipfile.ZipFile, member: Member, file: str, limits: Limits) -> bytes:
    """Return the content of a member.

    Raises
    ------
    geo_service.errors.SourceError
        If it is larger than allowed.
    """
    parts: list[bytes] = []
    _copy(archive, member, parts.append, file, limits, already=0)
    return b"".join(parts)


@contextmanager
def unpacked(path: Path, limits: Limits | None = None) -> Iterator[dict[str, Path]]:
    """Unpack an archive into a temporary folder that is removed afterwards.

    Parameters
    ----------
    path
        The archive.
    limits
        See `Limits`.

    Yields
    ------
    dict
        Where each member lies, by its name in the archive. Files of one folder of the archive lie in one
        folder under their own names.

    Raises
    ------
    geo_service.errors.SourceError
        If the archive is damaged or dangerous; nothing is left of what was unpacked.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="geo-service-") as directory:
        with opened(path) as archive:
            places = _unpack(archive, path.name, Path(directory), limits)
        yield places


def _unpack(archive: zipfile.ZipFile, file: str, directory: Path, limits: Limits) -> dict[str, Path]:
    folders: dict[str, Path] = {}
    places: dict[str, Path] = {}
    total = 0
    for member in list_members(archive, file, limits):
        inside = PurePosixPath(member.name)
        folder = folders.setdefault(str(inside.parent), directory / str(len(folders)))
        folder.mkdir(exist_ok=True)
        target = folder / inside.name
        try:
            with target.open("xb") as out:
                total = _copy(archive, member, out.write, file, limits, already=total)
        except OSError as error:
            raise SourceError(
                f"The file cannot be unpacked ({error.strerror}).",
                "Give it a shorter, plain name, and look for space on the disk.",
                file=file,
                item=member.name[:100],
            ) from error
        places[member.name] = target
    return places


def _copy(
    archive: zipfile.ZipFile,
    member: Member,
    write: Callable[[bytes], object],
    file: str,
    limits: Limits,
    *,
    already: int,
) -> int:
    """Unpack one member; return the bytes of all members so far."""
    own = 0
    with archive.open(member.info) as source:
        while chunk := source.read(_CHUNK_BYTES):
            own += len(chunk)
            too_dense = own > limits.ratio_counts_from and own > limits.ratio * max(
                member.info.compress_size, 1
            )
            if too_dense or already + own > limits.unpacked_bytes:
                raise SourceError(
                    "The archive unpacks to far more than it is: it may be made to fill the disk. "
                    f"At most {limits.unpacked_bytes // _MIB} MiB are unpacked.",
                    "Unpack it yourself, look what is in it, and name the file in the recipe.",
                    file=file,
                    item=member.name[:100],
                )
            write(chunk)
    return already + own


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; Windows packs names in code page 866 and does not say so."""
    if info.flag_bits & _UTF8_NAME or info.filename.isascii():
        return info.filename
    try:
        data = info.filename.encode("cp437")
    except UnicodeError:
        return info.filename
    try:
        return data.decode("utf-8")
    except UnicodeError:
        return data.decode("cp866")


def _is_clutter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[:1] == ("__MACOSX",) or (
        bool(parts) and parts[-1] in {".DS_Store", "Thumbs.db", "desktop.ini"}
    )


def _check_member(member: Member, file: str) -> None:
    path = PurePosixPath(member.name)
    escapes = (
        path.is_absolute()
        or ".." in path.parts
        or "\\" in member.name
        or _DRIVE.match(member.name) is not None
        or any(ord(sign) < ord(" ") for sign in member.name)
        or not path.name
    )
    if escapes:
        _refuse(file, member, "The name leads out of the archive's folder: it may overwrite other files.",
                "Do not unpack this archive; ask its author for another one.")  # fmt: skip
    if stat.S_ISLNK(member.info.external_attr >> 16):
        _refuse(file, member, "The archive holds a link to another file.", "Pack the file itself.")
    if member.info.flag_bits & _ENCRYPTED:
        _refuse(file, member, "The archive is locked with a password.", "Pack it without one.")
    if member.suffix in NESTED:
        _refuse(
            file,
            member,
            "There is an archive inside the archive.",
            "Unpack it, and pack the map's files alone.",
        )


def _refuse(file: str, member: Member, problem: str, remedy: str) -> None:
    raise SourceError(problem, remedy, file=file, item=member.name[:100])
