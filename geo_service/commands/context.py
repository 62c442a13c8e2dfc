"""What commands share: settings as options, the campaign to answer from, and progress on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from geo_service.campaign.model import LANGUAGES, Language
from geo_service.errors import SettingError
from geo_service.finder import Finder
from geo_service.settings import SETTINGS, Settings, load_settings
from geo_service.store.store import resolve_campaign
from geo_service.translations import text

AnyCommand = TypeVar("AnyCommand", bound=Callable[..., Any])


def setting_option(name: str, **attributes: Any) -> Callable[[AnyCommand], AnyCommand]:
    """Return a decorator that gives a command the option of a setting.

    The value is kept for `settings_of`, not handed to the command. Given both before and after the command's
    name, the latter holds.
    """
    setting = next(setting for setting in SETTINGS if setting.name == name)
    if setting.option is None:
        raise ValueError(f"setting {name} has no option")
    return click.option(
        setting.option,
        setting.name,
        expose_value=False,
        callback=_keep_option,
        help=setting.meaning,
        **attributes,
    )


def language_option(command: AnyCommand) -> AnyCommand:
    """Give a command ``--lang``."""
    return setting_option("language", type=click.Choice(LANGUAGES))(command)


def common_options(command: AnyCommand) -> AnyCommand:
    """Give a command the options of all that answer from a campaign: ``--campaign`` and ``--lang``."""
    return setting_option("campaign", metavar="FILE")(language_option(command))


def examples(*commands: str) -> str:
    """Return command lines in the form that a command's help shows below its options, line by line."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


def settings_of(context: click.Context) -> Settings:
    """Return the settings, those given as options included.

    Raises
    ------
    click.UsageError
        If an option's value is wrong.
    geo_service.errors.SettingError
        If a value from elsewhere is wrong.
    """
    try:
        return load_settings(context.ensure_object(dict))
    except SettingError as error:
        if error.place.item and error.place.item.startswith("--"):
            raise click.UsageError(f"{error.place.item}: {error.problem} {error.remedy}", context) from error
        raise


def open_finder(settings: Settings) -> Finder:
    """Open the campaign that the settings name, or the published one; see `resolve_campaign` for errors."""
    path = resolve_campaign(settings)
    with working(text("cli.opening", settings.language)):
        return Finder.open(path, near_border_m=settings.near_border_m, near_house_m=settings.near_house_m)


@contextmanager
def working(what: str, *, beside_output: bool = False) -> Iterator[Callable[[str], None]]:
    """Show on the terminal that work goes on; yields a function that changes the words.

    Nothing is shown where standard error is no terminal.

    Parameters
    ----------
    what
        The words.
    beside_output
        True if answers are printed meanwhile: then nothing is shown where they go to the terminal, too.
    """
    console = Console(stderr=True)
    if not console.is_terminal or (beside_output and sys.stdout.isatty()):
        yield _say_nothing
        return
    with console.status(what) as status:
        yield status.update


@contextmanager
def steps(language: Language) -> Iterator[Callable[[str, int, int], None]]:
    """Show the steps of a long work on standard error.

    Yields a function that takes a step's name, how much is done, and how much there is in all. A terminal
    shows a bar; elsewhere, as in a log, each step is one line.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _step_lines(language)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)

        def show(step: str, done: int, total: int) -> None:
            progress.update(task, description=_step_name(step, language), completed=done, total=total)

        yield show


def _step_lines(language: Language) -> Callable[[str, int, int], None]:
    shown: set[str] = set()

    def show(step: str, _done: int, _total: int) -> None:
        if step not in shown:
            shown.add(step)
            click.echo(_step_name(step, language), err=True)

    return show


def _step_name(step: str, language: Language) -> str:
    return text(f"step.{step}", language)


def _say_nothing(_: str) -> None:
    return


def _keep_option(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is not None and parameter.name is not None:
        context.ensure_object(dict)[parameter.name] = value
