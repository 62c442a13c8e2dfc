"""One campaign a request: what a request answers from is chosen at its beginning and stays until its end."""

from __future__ import annotations

from flask import Flask, g

from geo_service.served.holder import current_holder
from geo_service.served.served_campaign import ServedCampaign


def install(app: Flask) -> None:
    """Bind each request of an application to the campaign that is served when it begins."""
    app.before_request(_bind_current)


def bind(served: ServedCampaign | None) -> None:
    """Let the request answer from a campaign."""
    g.geo_service_campaign = served


def bound_campaign_or_none() -> ServedCampaign | None:
    """Return the campaign of this request; None if the process has none."""
    if "geo_service_campaign" not in g:
        bind(current_holder().served_or_none)
    served: ServedCampaign | None = g.geo_service_campaign
    return served


def bound_campaign() -> ServedCampaign:
    """Return the campaign of this request.

    Raises
    ------
    geo_service.errors.NoCampaignError
        If the process has none; it gives the reason.
    """
    served = bound_campaign_or_none()
    if served is None:
        served = current_holder().served
        bind(served)
    return served


def _bind_current() -> None:
    bind(current_holder().served_or_none)
