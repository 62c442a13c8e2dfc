"""The pages docs/settings.md and docs/command-line.md, made from what the program itself knows.

``python -m geo_service.commands.reference docs`` writes both.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from geo_service.cli import cli
from geo_service.settings import SETTINGS, Setting

_WIDTH = 100

_SETTINGS_HEAD = """\
# Settings

Made by `python -m geo_service.commands.reference docs`; edit the table in `geo_service/settings.py` instead.

A value comes from, in rising order:

1. the default;
2. the configuration file: TOML, one `name = value` a line. It is `geo-service/config.toml` in the user's
   configuration directory (`XDG_CONFIG_HOME`, else `~/.config`), or the file that the environment variable
   `GEO_SERVICE_CONFIG` names. Relative paths in it start from the file's directory;
3. the environment variable; an empty one is as if it were not there;
4. the command-line option.

`geo-service settings` prints the values that hold and where each came from. An unknown name or a wrong value
is an error that names the setting and its source. Kubernetes sets variables of such names for a Service
called `geo-service`: give the Service another name, or set `enableServiceLinks: false`.

| setting | value | default | environment variable | option | meaning |
|---|---|---|---|---|---|
"""

_COMMANDS_HEAD = """\
# Command line

Made by `python -m geo_service.commands.reference docs`; edit the commands in `geo_service/commands` instead.

`--campaign` and `--lang` may stand before the command's name, too. Answers go to standard output, progress
and errors to standard error. Exit codes: 0 done, 1 an error (or a line of a stream with one), 2 wrong usage.

"""


def settings_page() -> str:
    """Return docs/settings.md."""
    return _SETTINGS_HEAD + "".join(f"{row}\n" for row in map(_setting_row, SETTINGS))


def command_line_page() -> str:
    """Return docs/command-line.md."""
    return _COMMANDS_HEAD + "\n".join(_sections())


def _setting_row(setting: Setting) -> str:
    option = f"`{setting.option}`" if setting.option else ""
    cells = (
        f"`{setting.name}`", setting.type, setting.default, f"`{setting.variable}`", option, setting.meaning,
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _sections() -> Iterator[str]:
    program = click.Context(cli, info_name="geo-service", terminal_width=_WIDTH)
    yield _section("geo-service", cli.get_help(program))
    yield from _sections_of(cli, program)


def _sections_of(group: click.Group, above: click.Context) -> Iterator[str]:
    """Yield the sections of a group's commands, each before those of its own commands."""
    for name in group.list_commands(above):
        command = group.commands[name]
        context = click.Context(command, info_name=name, parent=above, terminal_width=_WIDTH)
        yield _section(context.command_path, command.get_help(context))
        if isinstance(command, click.Group):
            yield from _sections_of(command, context)


def _section(title: str, help_text: str) -> str:
    return f"## {title}\n\n```text\n{help_text}\n```\n"


def _write(directory: Path) -> None:
    (directory / "settings.md").write_text(settings_page(), encoding="utf-8")
    (directory / "command-line.md").write_text(command_line_page(), encoding="utf-8")


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
