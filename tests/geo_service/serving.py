"""Run the program and the server as people do, in processes of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

PROGRAM = [sys.executable, "-c", "from geo_service.cli import main; main()"]


def variables(store, **more):
    """The environment of a program, without the settings of whoever runs the tests."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("GEO_SERVICE_")}
    mine = {"XDG_CONFIG_HOME": str(store / "no-config"), "GEO_SERVICE_STORE": str(store)}
    return {**others, **mine, "GEO_SERVICE_LANGUAGE": "en", **more}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(store, *arguments, **more):
    """Run ``geo-service serve`` until the block ends; yields the process and its URL."""
    port = free_port()
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--port", str(port), *map(str, arguments)],
        env=variables(store, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        # The program prints its address once the port answers, or ends: no need to ask in a loop.
        first_line = process.stdout.readline()
        assert f"http://127.0.0.1:{port}/" in first_line, first_line + process.stdout.read()
        yield process, f"http://127.0.0.1:{port}"
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
        process.stdout.close()


def run_program(store, *arguments, **more):
    """Run a command line to its end."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        env=variables(store, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
