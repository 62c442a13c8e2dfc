"""Addresses of pages for where they leave the browser: QR codes, calendars, previews, embed code."""

from __future__ import annotations

from flask import request

from geo_service.served.holder import current_holder


def absolute_url(path: str) -> str:
    """Return the whole address of a page.

    Parameters
    ----------
    path
        Path of a page of this service with what follows it, as ``url_for`` returns it.

    Returns
    -------
    str
        Under the setting ``public_url``, else under the host that this request asked.
    """
    origin = current_holder().settings.public_url or request.host_url.rstrip("/")
    return origin + path


def is_public_address() -> bool:
    """Return whether whole addresses are the same for whoever asks, as those in a shared cache must be."""
    return bool(current_holder().settings.public_url)
