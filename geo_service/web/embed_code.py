"""The code that other sites copy to show the finder."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from geo_service.campaign.model import Language
from geo_service.translations import text
from geo_service.web.addresses import absolute_url

#: Pixels: without an answer nothing is cut off even in a narrow frame; a longer answer scrolls.
PLAIN_HEIGHT = 720


@dataclass(frozen=True, slots=True)
class EmbedCode:
    """Code to copy.

    Parameters
    ----------
    script
        A line of script, and what stands there without scripts.
    plain
        A frame of a fixed height.
    origin
        Scheme and host of the service, for policies of other sites.
    """

    script: str
    plain: str
    origin: str


def embed_code(language: Language, precinct: int | None) -> EmbedCode:
    """Return the code that shows the finder in a language, with the answer of a precinct or without one."""
    origin = absolute_url("")
    frame = absolute_url(url_for("embed.finder", language=language, precinct=precinct))
    number = Markup(' data-precinct="{}"').format(precinct) if precinct else ""
    title = text("page.title", language)
    plain = Markup('<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>').format(
        frame, title, PLAIN_HEIGHT
    )
    link = Markup('<a href="{}">{}</a>').format(
        absolute_url(url_for("finder.find", language=language)), title
    )
    script = Markup('<script src="{}" data-language="{}"{} async></script>').format(
        f"{origin}/embed.js", language, number
    )
    return EmbedCode(
        str(script + Markup("\n<noscript>") + plain + link + Markup("</noscript>")), str(plain), origin
    )
