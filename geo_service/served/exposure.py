"""Who can reach the service: invented precincts must not be taken for real ones."""

from __future__ import annotations

import ipaddress
import socket

from geo_service.errors import SettingError
from geo_service.settings import Settings

HOST_REMEDY = "Give an address of this machine, such as 127.0.0.1."


def numeric_address(settings: Settings) -> str:
    """Return the numeric address of the host that the server listens on.

    Raises
    ------
    geo_service.errors.SettingError
        If the host is not known.
    """
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise SettingError(
            f"The address {settings.host!r} is not known ({error.strerror}).",
            HOST_REMEDY,
            item=settings.origin("host"),
            field="host",
        ) from error
    return str(found[0][4][0])


def may_show_samples(settings: Settings) -> bool:
    """Return whether sample campaigns may be served: only this machine reaches them, or the operator says so.

    Raises
    ------
    geo_service.errors.SettingError
        If the host is not known.
    """
    return settings.allow_sample or ipaddress.ip_address(numeric_address(settings)).is_loopback


def check_exposure(settings: Settings, *, is_sample: bool) -> None:
    """Refuse a sample campaign that other machines could reach.

    Raises
    ------
    geo_service.errors.SettingError
        If they could; or if the host is not known.
    """
    if is_sample and not may_show_samples(settings):
        raise SettingError(
            f"The campaign is a sample, and {settings.host} can be reached from other machines: residents "
            "could take invented precincts for their own.",
            "Serve a real campaign, listen on 127.0.0.1, or give --allow-sample if nobody can be misled.",
            item=settings.origin("host"),
            field="host",
        )
