"""Run the web application under a production server."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from geo_service.campaign.file import open_campaign
from geo_service.errors import SettingError
from geo_service.served.exposure import HOST_REMEDY, check_exposure, numeric_address
from geo_service.settings import Settings
from geo_service.store.store import resolve_campaign

APPLICATION = "geo_service.web.app:create_app"
_THREADS_PER_WORKER = min(8, 2 * (os.cpu_count() or 1))  # more only wait for one another
_SECONDS_TO_FINISH = 10
_TRY_SECONDS = 0.1
_ANNOUNCE_TRIES = 600
_LISTEN_REMEDIES = {
    "host": HOST_REMEDY,
    "port": "Stop the program that uses the port, or give another one with --port.",
}


@dataclass(frozen=True)
class Server:
    """A server that is ready to run.

    Parameters
    ----------
    settings
        Checked; the workers get them through the environment.
    address
        Numeric address of the host.
    """

    settings: Settings
    address: str

    @property
    def visited(self) -> str:
        """The address at which a browser on this machine finds the map."""
        # An address that means "all of this machine's" is none to visit.
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.address, self.address)  # noqa: S104

    @property
    def url(self) -> str:
        """Where a browser finds the map."""
        host = f"[{self.visited}]" if ":" in self.visited else self.visited
        return f"http://{host}:{self.settings.port}/"

    def run(self, *, on_listening: Callable[[str], None]) -> None:
        """Serve until SIGINT or SIGTERM; running requests are finished.

        Parameters
        ----------
        on_listening
            Called with the server's URL, from another thread, once the port answers.
        """
        os.environ.update(self.settings.as_environment())
        os.register_at_fork(after_in_child=_let_workers_be_stopped)
        # No access log: a query holds a resident's whereabouts, and no query is kept.
        server = Granian(
            APPLICATION,
            factory=True,
            interface=Interfaces.WSGI,
            address=self.address,
            port=self.settings.port,
            workers=self.settings.workers,
            blocking_threads=_THREADS_PER_WORKER,
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=_SECONDS_TO_FINISH,
            log_level=LogLevels.warning,
            log_access=False,
        )
        threading.Thread(target=self._announce, args=(on_listening,), daemon=True).start()
        server.serve()

    def _announce(self, on_listening: Callable[[str], None]) -> None:
        """Tell when the first worker answers; workers open the port themselves, after loading."""
        for _ in range(_ANNOUNCE_TRIES):
            try:
                socket.create_connection((self.visited, self.settings.port), timeout=_TRY_SECONDS).close()
            except OSError:
                time.sleep(_TRY_SECONDS)
            else:
                on_listening(self.url)
                return


def _let_workers_be_stopped() -> None:
    """Undo in a new worker the signal handlers of its parent.

    Until a worker has loaded the application it has none of its own, and the inherited ones would swallow
    the request to stop. Ctrl+C reaches the parent, too, which then stops its workers.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def prepare_server(settings: Settings) -> Server:
    """Check everything that can go wrong before a worker starts, and render the map.

    Raises
    ------
    geo_service.errors.GeoServiceError
        If there is no sound campaign, see `resolve_campaign` and `open_campaign`.
    geo_service.errors.SettingError
        If the address cannot be listened on, or a sample campaign would be served beyond this machine.
    """
    from geo_service.served.map_files import ensure_rendered  # noqa: PLC0415 - the command line needs no web

    path = resolve_campaign(settings)
    content_hash, is_sample = _checked_campaign(path)
    address = numeric_address(settings)
    check_exposure(settings, is_sample=is_sample)
    _check_port_is_free(settings, address)
    ensure_rendered(settings, path, content_hash)
    return Server(settings, address)


def _checked_campaign(path: Path) -> tuple[str, bool]:
    """Open a campaign and forget it again, so that the workers do not inherit its memory."""
    file = open_campaign(path)
    return file.content_hash, file.campaign.info.is_sample


def _check_port_is_free(settings: Settings, address: str) -> None:
    """Refuse a port that is taken.

    The server's own sockets share a port among its workers, and would share it with another server as well.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, settings.port))
            probe.listen()
        except OSError as error:
            wrong = "host" if error.errno == errno.EADDRNOTAVAIL else "port"
            raise SettingError(
                f"The server cannot listen on {address}, port {settings.port} ({error.strerror}).",
                _LISTEN_REMEDIES[wrong],
                item=settings.origin(wrong),
                field=wrong,
            ) from error
