"""Security headers: nothing from other hosts, no inline script; samples are not indexed.

One page may stand in frames of other sites, the embedded finder; the setting ``frame_ancestors`` says whose.
There is no ``X-Frame-Options``: it knows no list of sites, and browsers that run the pages obey the policy.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from geo_service.served.binding import bound_campaign_or_none
from geo_service.settings import Settings

#: Says which campaign a response comes from.
HASH_HEADER = "X-Campaign-Hash"

_API_PREFIX = "/api"
_EMBEDDED = {"embed.finder", "embed.finder_in_any_language"}  # what is made for frames
_FILES = "static_files"  # the same for all campaigns, or told apart by their addresses


def install(app: Flask, settings: Settings) -> None:
    """Make an application add the headers to every response."""
    policy = content_security_policy(settings.tile_url)
    # The page with the embed code shows what it is for, so our own pages may frame it, too.
    embedded_policy = content_security_policy(
        settings.tile_url, frame_ancestors=f"'self' {settings.frame_ancestors}".strip()
    )

    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = embedded_policy if request.endpoint in _EMBEDDED else policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        served = bound_campaign_or_none()
        if served is not None and served.info.is_sample:
            headers["X-Robots-Tag"] = "noindex"
        if served is not None and request.blueprint != _FILES:
            headers[HASH_HEADER] = served.content_hash
        if request.path.startswith(_API_PREFIX):
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Access-Control-Expose-Headers"] = f"{HASH_HEADER}, ETag"
        return response

    app.after_request(add_headers)


def content_security_policy(tile_url: str, *, frame_ancestors: str = "'none'") -> str:
    """Return the policy of a page.

    Parameters
    ----------
    tile_url
        Of online tiles: their host, if any, is the only other one that pictures come from.
    frame_ancestors
        The sites that may show the page in a frame.
    """
    images = ["'self'", "data:"]
    if tile_url:
        # Leaflet replaces {s} by one of several subdomains.
        parts = urlsplit(tile_url.replace("{s}.", "*."))
        images.append(f"{parts.scheme}://{parts.netloc}")
    return "; ".join(
        [
            "default-src 'self'",
            f"img-src {' '.join(images)}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {frame_ancestors}",
        ]
    )
