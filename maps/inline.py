"""What a page that is one file needs: scripts as text, and a policy that holds the browser to them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit


def script_text(path: Path) -> str:
    """Return a script as it may stand between script tags."""
    text = path.read_text("utf-8")
    # A source map is a request; the end tag would end the script.
    return re.sub(r"//# sourceMappingURL=.*", "", text).replace("</script", "<\\/script")


def content_policy(scripts: Sequence[str], tile_url: str) -> str:
    """Return the content security policy: these scripts and no others, images from the tile server only.

    Parameters
    ----------
    scripts
        All that stands between the script tags of the page, letter for letter.
    tile_url
        Address pattern of online tiles; empty for none.
    """
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    tiles = urlsplit(tile_url)
    host = tiles.netloc.replace("{s}", "*")
    images = f"data: {tiles.scheme}://{host}" if tile_url else "data:"
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src {images}"
