"""Pictures of the map as PNG files, and QR codes: for pages without JavaScript, previews and print."""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from flask import Blueprint, Response, request

import geo_service.translations
import maps.picture
from geo_service.api.queries import read_position
from geo_service.campaign.model import Language
from geo_service.errors import PrecinctNotFoundError, QueryError
from geo_service.served import map_layers
from geo_service.served.binding import bound_campaign
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import text
from geo_service.web.addresses import absolute_url, is_public_address
from geo_service.web.frame import LANGUAGE_PREFIX, page_language
from geo_service.web.picture_sizes import DEFAULT_SIZES, STYLES, PictureStyle, Size, nearest_size
from geo_service.web.picture_store import CampaignPictures, PictureRequest
from maps.picture.model import LEAST_PIXELS, MOST_PIXELS

pictures = Blueprint("pictures", __name__, url_prefix=LANGUAGE_PREFIX)

_POINT_DECIMALS = 5  # of a degree, about 1 m: less than a pixel
_MOST_DIGITS = 9
_QUIET_ZONE = 4  # modules around a QR code, as its standard asks
_IMMUTABLE = "public, max-age=31536000, immutable"


def picture_url(
    language: Language,
    *,
    precinct: int | None = None,
    point: tuple[float, float] | None = None,
    style: PictureStyle = "screen",
    size: Size | None = None,
) -> str:
    """Return the path of a picture of the campaign of this request.

    Parameters
    ----------
    language
        Of its words.
    precinct
        Number of the precinct that it shows; None for the point's surroundings, or the whole city.
    point
        Longitude and latitude of where somebody asks about. Such a picture is kept by no shared cache: leave
        the point out of previews.
    style
        ``screen``; ``print`` in black, grey and white; ``social``, a preview with the answer in large type.
    size
        Width and height, one of `geo_service.web.picture_sizes.PICTURE_SIZES`; the style's own by default.
    """
    width, height = size or DEFAULT_SIZES[style]
    arguments: dict[str, object] = {} if precinct is None else {"precinct": precinct}
    if point is not None:
        lon, lat = point
        arguments |= {"lat": f"{lat:.{_POINT_DECIMALS}f}", "lon": f"{lon:.{_POINT_DECIMALS}f}"}
    if style != "screen":
        arguments["style"] = style
    if (width, height) != DEFAULT_SIZES[style]:
        arguments |= {"width": width, "height": height}
    arguments["v"] = _version(bound_campaign())
    return f"/{language}/map.png?{urlencode(arguments)}"


@pictures.get("/map.png")
def picture() -> Response:
    """Show a precinct, the surroundings of a point, or the whole city."""
    served = bound_campaign()
    asked = _asked(request.args, served)
    stored = served.made(CampaignPictures).picture(asked)
    response = Response(stored.body, mimetype="image/png")
    response.headers["Cache-Control"] = _caching(asked, served)
    response.headers["Content-Disposition"] = f'inline; filename="{_file_name(asked, served)}"'
    response.set_etag(stored.tag)
    response.make_conditional(request)
    return response


@pictures.get("/precinct/<int:number>/qr.svg")
def qr_code(number: int) -> Response:
    """Show the address of a precinct's page as a QR code."""
    import segno  # noqa: PLC0415 - only for those who print

    served, language = bound_campaign(), page_language()
    _check_known(number, served)
    code = segno.make_qr(absolute_url(f"/{language}/precinct/{number}"), error="m", boost_error=False)
    file = io.BytesIO()
    code.save(
        file,
        kind="svg",
        border=_QUIET_ZONE,
        dark="#000",
        light="#fff",  # also on a dark page
        omitsize=True,
        xmldecl=False,
        title=_qr_title(number, served, language),
    )
    response = Response(file.getvalue(), mimetype="image/svg+xml")
    # Another host in the request makes another code: only a fixed one may be shared.
    response.headers["Cache-Control"] = "no-cache" if is_public_address() else "private, no-cache"
    response.headers["Content-Disposition"] = f'inline; filename="qr-{number}{_mark_of(served)}.svg"'
    response.set_etag(hashlib.sha256(file.getvalue()).hexdigest()[:20])
    response.make_conditional(request)
    return response


def _asked(arguments: Mapping[str, str], served: ServedCampaign) -> PictureRequest:
    style = _read_style(arguments)
    precinct = _read_number(arguments, "precinct", "Give the number of a precinct, as in precinct=123.")
    if precinct is not None:
        _check_known(precinct, served)
    size = DEFAULT_SIZES[style]
    width, height = (_read_pixels(arguments, name) for name in ("width", "height"))
    if style != "social" and (width or height):
        size = nearest_size(width, height)
    return PictureRequest(page_language(), style, size, precinct, _read_point(arguments, served))


def _read_style(arguments: Mapping[str, str]) -> PictureStyle:
    asked = arguments.get("style", "screen")
    for style in STYLES:
        if asked == style:
            return style
    raise QueryError("There is no such style of picture.", f"Ask for {', '.join(STYLES)}.", field="style")


def _read_pixels(arguments: Mapping[str, str], name: str) -> int | None:
    """Return a width or height within the bounds of pictures; None if none is given."""
    remedy = f"Give pixels from {LEAST_PIXELS} to {MOST_PIXELS}, as in {name}=720."
    pixels = _read_number(arguments, name, remedy)
    return None if pixels is None else min(max(pixels, LEAST_PIXELS), MOST_PIXELS)


def _read_number(arguments: Mapping[str, str], name: str, remedy: str) -> int | None:
    given = arguments.get(name, "").strip()
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) <= _MOST_DIGITS):
        raise QueryError(f"The argument {name} is not a whole number.", remedy, field=name)
    return int(given)


def _read_point(arguments: Mapping[str, str], served: ServedCampaign) -> tuple[float, float] | None:
    if "lat" not in arguments and "lon" not in arguments:
        return None
    lon, lat = read_position(arguments, served.finder.bounds)
    return round(lon, _POINT_DECIMALS), round(lat, _POINT_DECIMALS)


def _check_known(number: int, served: ServedCampaign) -> None:
    if number not in served.finder.campaign.precincts_by_number:
        # The number is not repeated: it may be somebody's.
        raise PrecinctNotFoundError(
            "There is no precinct of this number.",
            "Check the number; numbers change from vote to vote.",
            field="precinct",
        )


def _caching(asked: PictureRequest, served: ServedCampaign) -> str:
    if asked.point is not None:
        return "private, no-cache"
    return _IMMUTABLE if request.args.get("v") == _version(served) else "no-cache"


def _file_name(asked: PictureRequest, served: ServedCampaign) -> str:
    what = "city" if asked.precinct is None else f"precinct-{asked.precinct}"
    return f"{what}{_mark_of(served)}.png"


def _mark_of(served: ServedCampaign) -> str:
    """Return what stands behind a number in the name of a file."""
    return "-SAMPLE" if served.info.is_sample else ""


def _qr_title(number: int, served: ServedCampaign, language: Language) -> str:
    title = text("picture.qr", language, number=text("page.number", language, number=number))
    return f"{title} ({text('mark.sample', language)})" if served.info.is_sample else title


def _version(served: ServedCampaign) -> str:
    """Return beginnings of the hashes of the campaign and of what draws it: one changes if a picture does."""
    return f"{served.content_hash[:12]}-{_maker_hash()}"


@functools.cache
def _maker_hash() -> str:
    digest = hashlib.sha256()
    sources = [
        *Path(maps.picture.__path__[0]).glob("*.py"),
        *Path(__file__).parent.glob("picture_*.py"),
        Path(map_layers.__file__),
        *Path(geo_service.translations.__path__[0]).glob("*.po"),
    ]
    for path in sorted(sources):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]
