"""Security headers: nothing from other hosts, no inline script, no frames; samples are not indexed."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from geo_service.served.holder import CampaignHolder
from geo_service.settings import Settings

_API_PREFIX = "/api"


def install(app: Flask, settings: Settings, holder: CampaignHolder) -> None:
    """Make an application add the headers to every response."""
    policy = content_security_policy(settings.tile_url)

    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        served = holder.served_or_none
        if served is not None and served.info.is_sample:
            headers["X-Robots-Tag"] = "noindex"
        if request.path.startswith(_API_PREFIX):
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Access-Control-Expose-Headers"] = "X-Campaign-Hash, ETag"
            if served is not None:
                headers["X-Campaign-Hash"] = served.content_hash
        return response

    app.after_request(add_headers)


def content_security_policy(tile_url: str) -> str:
    """Return the policy; the host of online tiles, if any, is the only other one that pictures come from."""
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
            "frame-ancestors 'none'",
        ]
    )
