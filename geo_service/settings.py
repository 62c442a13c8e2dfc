"""The settings of the service: one table that drives reading, checking, the command line and the document.

A value comes from, in rising order: the default, the configuration file, the environment, the command line.
Nothing is read at import.
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo_service.campaign.model import Language
from geo_service.errors import SettingError
from geo_service.setting_values import (
    read_boolean,
    read_frame_ancestors,
    read_host,
    read_language,
    read_metres,
    read_moment,
    read_origin,
    read_path,
    read_seconds,
    read_text,
    read_tile_url,
    read_whole_number,
)

ENVIRONMENT_PREFIX = "GEO_SERVICE_"
CONFIG_VARIABLE = "GEO_SERVICE_CONFIG"
_MAX_PORT = 65535


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table of settings.

    Parameters
    ----------
    name
        Key in the configuration file and attribute of `Settings`.
    type
        What a value is, in a word or two for people.
    default
        The default, in words where it depends on the machine.
    meaning
        What the setting does.
    read
        Turns a text or a TOML value into the setting's value, or raises ValueError saying what it must be.
    option
        The command-line option, if commands take one.
    """

    name: str
    type: str
    default: str
    meaning: str
    read: Callable[[Any], Any]
    option: str | None = None

    @property
    def variable(self) -> str:
        """The environment variable."""
        return ENVIRONMENT_PREFIX + self.name.upper()


def default_store() -> Path:
    """Return the directory of published campaigns in the user's data directory."""
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "geo-service"


def default_config() -> Path:
    """Return the configuration file in the user's configuration directory."""
    base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(base).expanduser() / "geo-service" / "config.toml"


def default_workers() -> int:
    """Return how many processes serve unless told otherwise."""
    return min(2, os.cpu_count() or 1)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Checked values of all settings; `SETTINGS` says what each means.

    ``origins`` maps names to where a value came from; what is not in it has its default.
    """

    store: Path = field(default_factory=default_store)
    campaign: Path | None = None
    language: Language = "ru"
    near_border_m: float = 50.0
    near_house_m: float = 50.0
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = field(default_factory=default_workers)
    tile_url: str = ""
    tile_attribution: str = ""
    allow_sample: bool = False
    refresh_s: float = 2.0
    archive_size: int = 1
    author: str = ""
    require_approval: bool = False
    public_url: str = ""
    frame_ancestors: str = ""
    reports_per_hour: int = 300
    rehearse_at: dt.datetime | None = None
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)

    def origin(self, name: str) -> str | None:
        """Return where the value of a setting came from: a file, a variable or an option; None by default."""
        return self.origins.get(name)

    def as_texts(self) -> dict[str, str]:
        """Return the values by name as they would stand in the environment; empty means not set."""
        return {setting.name: _as_text(getattr(self, setting.name)) for setting in SETTINGS}

    def as_environment(self) -> dict[str, str]:
        """Return environment variables from which `load_settings` makes these very values."""
        texts = self.as_texts()
        return {setting.variable: texts[setting.name] for setting in SETTINGS if texts[setting.name]}


def load_settings(
    options: Mapping[str, Any] | None = None, *, environment: Mapping[str, str] | None = None
) -> Settings:
    """Gather the settings from all of their sources.

    Parameters
    ----------
    options
        Values given on the command line by setting name; None means not given.
    environment
        Environment variables; those of the process by default.

    Raises
    ------
    geo_service.errors.SettingError
        If a setting is unknown or its value wrong; the error names the setting and where it came from.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    sources = (_from_config(environment), _from_environment(environment), _from_options(options or {}))
    for source in sources:
        for name, (value, origin) in source.items():
            values[name] = _read(_BY_NAME[name], value, origin)
            origins[name] = origin
    return Settings(**values, origins=origins)


_Source = dict[str, tuple[Any, str]]  # name: (value, origin)


def _from_config(environment: Mapping[str, str]) -> _Source:
    named = environment.get(CONFIG_VARIABLE)
    path = Path(named).expanduser() if named else default_config()
    if not named and not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(
            f"The configuration file cannot be read ({error.strerror}).",
            f"Mend {CONFIG_VARIABLE}, or the file's permissions.",
            file=str(path),
        ) from error
    except ValueError as error:
        raise SettingError(
            f"The configuration file is not TOML ({error}).", "Mend the line.", file=str(path)
        ) from error
    source: _Source = {}
    for name, value in content.items():
        if name not in _BY_NAME:
            raise SettingError("There is no such setting.", _known_names(), file=str(path), field=name)
        in_file = _BY_NAME[name].type == "path" and isinstance(value, str) and value
        # A path in the file means the same wherever the program is started.
        source[name] = (str(path.parent / Path(value).expanduser()) if in_file else value, str(path))
    return source


def _from_environment(environment: Mapping[str, str]) -> _Source:
    source: _Source = {}
    for variable, value in environment.items():
        if not variable.startswith(ENVIRONMENT_PREFIX) or variable == CONFIG_VARIABLE:
            continue
        name = variable.removeprefix(ENVIRONMENT_PREFIX).lower()
        if name not in _BY_NAME or _BY_NAME[name].variable != variable:
            raise SettingError(
                "There is no such setting.", _known_names(), item="environment", field=variable
            )
        if value:
            source[name] = (value, variable)
    return source


def _from_options(options: Mapping[str, Any]) -> _Source:
    unknown = sorted(options.keys() - _BY_NAME.keys())
    if unknown:
        raise SettingError("There is no such setting.", _known_names(), field=unknown[0])
    return {
        name: (value, _BY_NAME[name].option or name) for name, value in options.items() if value is not None
    }


def _read(setting: Setting, value: Any, origin: str) -> Any:
    try:
        return setting.read(value)
    except ValueError as error:
        raise SettingError(
            f"{value!r} cannot be used.", f"Give {error}.", item=origin, field=setting.name
        ) from None


def _known_names() -> str:
    return f"Known settings: {', '.join(setting.name for setting in SETTINGS)}."


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "store", "path", "geo-service in the user's data directory",
        "Directory of the published campaigns and of the map's files.", read_path,
    ),
    Setting(
        "campaign", "path", "the store's current campaign",
        "Campaign file to answer from, instead of the published one.", read_path, "--campaign",
    ),
    Setting(
        "language", "kk, ru or en", "ru",
        "Language of texts where the reader has chosen none.", read_language, "--lang",
    ),
    Setting(
        "near_border_m", "metres", "50",
        "An answer by polygon this near to a border says so and names the other precincts.", read_metres,
    ),
    Setting(
        "near_house_m", "metres", "50",
        "Without any polygon, a listed house this near to a point gives its probable precinct.", read_metres,
    ),
    Setting("host", "address", "127.0.0.1", "Address that the server listens on.", read_host, "--host"),
    Setting(
        "port", "whole number", "8000",
        "Port that the server listens on.", read_whole_number(1, _MAX_PORT), "--port",
    ),
    Setting(
        "workers", "whole number", "2, or 1 on a single core",
        "Processes that serve; each holds the campaign in memory.", read_whole_number(1, 256), "--workers",
    ),
    Setting(
        "tile_url", "web address", "empty: no online background",
        "Tiles of an online map, to choose in place of ours; with {z}, {x}, {y}.", read_tile_url,
    ),
    Setting(
        "tile_attribution", "text", "empty", "Whose the tiles are; shown on the map.", read_text,
    ),
    Setting(
        "allow_sample", "true or false", "false",
        "Serve a sample campaign beyond this machine; residents could take it for the real one.",
        read_boolean, "--allow-sample",
    ),
    Setting(
        "refresh_s", "seconds", "2",
        "How often a serving process looks whether another campaign was published; 0: never.", read_seconds,
    ),
    Setting(
        "archive_size", "whole number", "1",
        "Former campaigns that a serving process keeps in memory when they are asked for; 0: none can be.",
        read_whole_number(0, 100),
    ),
    Setting(
        "author", "text", "the login name",
        "Who publishes, amends, approves and rolls back, for the store's log.", read_text, "--author",
    ),
    Setting(
        "require_approval", "true or false", "false",
        "What is published or amended becomes current only when a second person approves it.", read_boolean,
    ),
    Setting(
        "public_url", "web address", "empty: taken from each request",
        "Address under which residents reach the service, for QR codes, calendars and previews.", read_origin,
    ),
    Setting(
        "frame_ancestors", "sites", "empty: no other site",
        "Sites that may embed the finder, as https://news.example https://*.example.kz; *: every site.",
        read_frame_ancestors,
    ),
    Setting(
        "reports_per_hour", "whole number", "300",
        "Different reports of wrong answers that are taken in an hour; 0: none, by telephone only.",
        read_whole_number(0, 100_000),
    ),
    Setting(
        "rehearse_at", "moment", "empty: the system's clock",
        "Moment that the clock shows when the service starts, to rehearse the day of the vote; every page "
        "says so. As 2026-03-15T06:30, in Almaty, or with an offset from UTC.", read_moment,
    ),
)  # fmt: skip

_BY_NAME = {setting.name: setting for setting in SETTINGS}
