"""Draw the map of a view: ground, precincts, streets, borders, then what is written and marked on them."""

from __future__ import annotations

from PIL import Image, ImageDraw

from maps.picture.canvas import Canvas
from maps.picture.encoding import png
from maps.picture.fonts import font, wrapped
from maps.picture.index import Area, PictureIndex
from maps.picture.labels import Room
from maps.picture.marks import Pin, draw_mark, draw_point, draw_scale
from maps.picture.model import View
from maps.picture.names import NameWriter
from maps.picture.scene import Scene
from maps.picture.styles import STREET_EDGES, WHITE, Colour, kept_colours, street_width

_CITY_STREET = 1.6
_SOURCE_LINES = 2
_CASING = 4.0  # of the chosen border, both sides together


def draw_picture(index: PictureIndex, view: View) -> bytes:
    """Return the picture of a view as a PNG file; the same for the same view.

    Parameters
    ----------
    index
        Of the campaign.
    view
        What to show. A precinct that has neither boundary nor station is as none.
    """
    return png(draw_map(index, view), kept_colours(view.look))


def draw_map(index: PictureIndex, view: View) -> Image.Image:
    """Return the map of a view in RGB."""
    scene = Scene(index, view)
    canvas = Canvas(view.size, scene.style.ground)
    _fill(canvas, scene)
    _draw_streets(canvas, scene)
    _draw_borders(canvas, scene)
    image = canvas.finished()
    draw_mark(image, view)
    pin = _pin(scene)
    room = Room(view.size)
    _take_marks(room, scene, pin)
    _draw_foot(image, room, scene)
    NameWriter(image, room, scene).write()
    if scene.point is not None:
        draw_point(image, scene.point, view)
    if pin is not None and scene.station is not None:
        pin.draw(image, scene.station)
    return image


def _fill(canvas: Canvas, scene: Scene) -> None:
    """Tint the precincts; the largest come first, so that one inside another lies above it."""
    style = scene.style
    for precinct in scene.precincts:
        if precinct.is_special and precinct is not scene.chosen:
            continue
        tint = style.land if precinct is scene.chosen else style.tints[precinct.hue]
        for area in precinct.areas:
            canvas.area(scene.frame.pixels(area.outer), tint)
            for hole in area.holes:
                canvas.area(scene.frame.pixels(hole), style.ground)


def _draw_streets(canvas: Canvas, scene: Scene) -> None:
    """Draw all edges before all roadways, so that crossings are open."""
    unit = scene.view.scale
    lines = [
        (
            scene.frame.pixels(line),
            unit * (_CITY_STREET if scene.is_city else street_width(is_main=street.is_main)),
        )
        for street in reversed(scene.streets)
        for line in street.lines
    ]
    edges = () if scene.is_city else ((STREET_EDGES * unit, scene.style.street_edge),)
    for edge, fill in (*edges, (0.0, scene.style.street)):
        for line, width in lines:
            canvas.line(line, width + edge, fill)


def _draw_borders(canvas: Canvas, scene: Scene) -> None:
    unit, style = scene.view.scale, scene.style
    for precinct in scene.precincts:
        if scene.is_city:
            _outline(canvas, scene, precinct.areas, 0.5 * unit, WHITE)
        else:
            width = (0.7 if precinct.is_special else 1.3) * unit
            _outline(canvas, scene, precinct.areas, width, style.lines[precinct.hue])
    if scene.is_city:
        for district in scene.index.districts:
            _outline(canvas, scene, district.areas, 1.6 * unit, style.lines[district.hue])
    if scene.chosen is not None:
        _outline(canvas, scene, scene.chosen.areas, (style.border_width + _CASING) * unit, WHITE)
        _outline(canvas, scene, scene.chosen.areas, style.border_width * unit, style.border)


def _outline(canvas: Canvas, scene: Scene, areas: tuple[Area, ...], width: float, fill: Colour) -> None:
    for area in areas:
        for ring in (area.outer, *area.holes):
            canvas.line(scene.frame.pixels(ring), width, fill, is_ring=True)


def _pin(scene: Scene) -> Pin | None:
    number = scene.view.precinct
    building = None if number is None else scene.index.building(number)
    if number is None or building is None or scene.station is None:
        return None
    return Pin(number, building.numbers, scene.view)


def _take_marks(room: Room, scene: Scene, pin: Pin | None) -> None:
    """Keep names away from the pin, the chosen border and the point."""
    if pin is not None and scene.station is not None:
        room.take(pin.taken(scene.station))
    for ring in scene.visible_border():
        room.take_line(ring, (scene.style.border_width + _CASING) * scene.view.scale)
    if scene.point is not None:
        (x, y), around = scene.point, 10 * scene.view.scale
        room.take((x - around, y - around, x + around, y + around))


def _draw_foot(image: Image.Image, room: Room, scene: Scene) -> None:
    """Draw the line about the source along the lower edge, and the scale above it."""
    unit = scene.view.scale
    width, height = image.size
    face = font("regular", 8.5 * unit)
    lines = wrapped(scene.view.words.source, face, width - 12 * unit, _SOURCE_LINES)
    top = round(height - (11 * len(lines) + 4) * unit) if lines else height
    draw_scale(image, room, scene.frame, scene.view, bottom=top - 7 * unit)
    if not lines:
        return
    box = (0, top, width, height)
    ground = image.crop(box)
    image.paste(Image.blend(ground, Image.new("RGB", ground.size, WHITE), 0.85), box[:2])
    draw = ImageDraw.Draw(image)
    for place, line in enumerate(lines):
        at = (width - 6 * unit, top + (11 * place + 7.5) * unit)
        draw.text(at, line, scene.style.muted, face, "rm")
    room.take(box)
