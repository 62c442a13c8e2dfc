"""Tells a post from a page of this service from one to which a foreign page sends its visitors' browsers.

No cookie is needed for that: browsers say it themselves.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from geo_service.served.holder import current_holder

_OWN_SITES = frozenset({"same-origin", "none"})  # none: the reader's own doing, such as loading again


def is_from_own_page() -> bool:
    """Return whether this request was sent by a page of this service; False if nothing says so."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _OWN_SITES
    # Browsers before 2020 to 2023 name the page's origin, or at least, under our own policy, its address.
    named = request.headers.get("Origin") or request.headers.get("Referer")
    return named is not None and _host(named) in _own_hosts()


def _own_hosts() -> set[str]:
    # Behind a proxy the request may name another host than the reader's browser.
    public = _host(current_holder().settings.public_url)
    return {host for host in (request.host.lower(), public) if host}


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
