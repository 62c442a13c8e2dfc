// Labels of the map: only those in view, and only where they fit. They are no targets of clicks.

const MOST_LABELS = 200;
const EARTH_M_PER_PIXEL = 156543.03; // at zoom 0 on the equator, Web Mercator
const HALF_HEIGHT = 8;
const LETTER = 3.6; // half the width of one in a label, pixels

const keepers = new WeakMap();

/** Places all labels of a map anew whenever it has moved: the important ones first, the others where room is left. */
class Keeper {
  constructor(map) {
    this.map = map;
    this.layers = [];
    // Wait until everybody else has reacted to the same event: labels make way for the other signs.
    map.on("moveend zoomend signs", () => this.refreshSoon());
  }

  refreshSoon() {
    if (this.frame) return;
    this.frame = window.requestAnimationFrame(() => {
      this.frame = null;
      const taken = signBoxes(this.map);
      this.layers.forEach((layer) => layer.refresh(taken));
    });
  }

  add(layer) {
    this.layers = [...this.layers, layer].sort((one, other) => one.rank - other.rank);
    this.refreshSoon();
  }

  remove(layer) {
    this.layers = this.layers.filter((other) => other !== layer);
    this.refreshSoon();
  }
}

/** A layer that keeps the labels of what is in view; subclasses choose them. */
const VisibleLabels = L.Layer.extend({
  rank: 0,
  onAdd(map) {
    this.shown = new Map();
    if (!keepers.has(map)) keepers.set(map, new Keeper(map));
    keepers.get(map).add(this);
  },
  onRemove(map) {
    keepers.get(map).remove(this);
    this.shown.forEach((label) => label.remove());
    this.shown.clear();
  },
  /** Show the labels that find room beside the boxes that are taken, and take theirs. */
  refresh(taken) {
    const wanted = this.wanted(this._map, taken);
    this.shown.forEach((label, key) => {
      if (wanted.has(key)) return;
      label.remove();
      this.shown.delete(key);
    });
    wanted.forEach((make, key) => {
      if (!this.shown.has(key)) this.shown.set(key, make().addTo(this._map));
    });
  },
});

function metresPerPixel(map, lat) {
  return (EARTH_M_PER_PIXEL * Math.cos((lat * Math.PI) / 180)) / 2 ** map.getZoom();
}

function label(text, at, className, angle = 0) {
  const element = document.createElement("span");
  element.textContent = text;
  element.setAttribute("aria-hidden", "true");
  if (angle) element.style.transform = `translate(-50%, -50%) rotate(${angle}deg)`;
  return L.marker(at, {
    pane: "labels",
    interactive: false,
    keyboard: false,
    icon: L.divIcon({ html: element, className: `label ${className}`, iconSize: null }),
  });
}

function around(middle, half) {
  return L.bounds(middle.subtract(half), middle.add(half));
}

function isFree(box, taken) {
  return !taken.some((other) => other.overlaps(box));
}

/** Numbers of precincts, each shown once its precinct has room for it beside the signs of the stations. */
export const NumberLabels = VisibleLabels.extend({
  rank: 2,
  initialize(precincts, className = "number") {
    this.precincts = precincts;
    this.className = className;
  },
  wanted(map, taken) {
    const view = map.getBounds();
    const pixel = metresPerPixel(map, view.getCenter().lat);
    const found = new Map();
    this.precincts.forEach(({ number, label: [lon, lat], room }) => {
      const text = String(number);
      if (found.size >= MOST_LABELS || room / pixel < 6 + 4 * text.length) return;
      if (!view.contains([lat, lon])) return;
      const home = map.latLngToContainerPoint([lat, lon]);
      const half = L.point(4 * text.length, HALF_HEIGHT);
      const spot = freeSpot(home, half, room / pixel, taken);
      if (!spot) return;
      taken.push(around(spot, half));
      const at = spot.equals(home) ? L.latLng(lat, lon) : map.containerPointToLatLng(spot);
      const shift = spot.subtract(home).round();
      found.set(`${number} ${map.getZoom()} ${shift}`, () => label(text, at, this.className));
    });
    return found;
  },
});

/** Return the boxes, in pixels of the map, that pins and clusters cover. */
function signBoxes(map) {
  const { left, top } = map.getContainer().getBoundingClientRect();
  const signs = map.getPane("markerPane").querySelectorAll(".pin, .station-cluster");
  return [...signs].map((sign) => {
    const box = sign.getBoundingClientRect();
    return L.bounds([box.left - left, box.top - top], [box.right - left, box.bottom - top]);
  });
}

/** Return where a label of a half size fits within a reach of its home, clear of the signs; null if nowhere. */
function freeSpot(home, half, reach, taken) {
  const fits = (spot) =>
    spot.distanceTo(home) + half.y <= Math.max(reach, half.y) && isFree(around(spot, half), taken);
  if (fits(home)) return home;
  const own = around(home, half);
  const beside = [];
  taken.forEach((box) => {
    if (!box.overlaps(own)) return;
    beside.push(L.point(home.x, box.max.y + half.y + 2), L.point(home.x, box.min.y - half.y - 2));
    beside.push(L.point(box.min.x - half.x - 2, home.y), L.point(box.max.x + half.x + 2, home.y));
  });
  return beside.find(fits) || null;
}

/** Names of microdistricts, at the zoom levels at which they tell where one is. */
export const AreaNames = VisibleLabels.extend({
  rank: 3,
  className: "area-name",
  shifts: [[0, 0], [0, 22], [0, -22]],
  initialize(areas, [fromZoom, toZoom]) {
    this.areas = areas;
    this.fromZoom = fromZoom;
    this.toZoom = toZoom;
  },
  half: (name) => L.point(LETTER * name.length + 4, HALF_HEIGHT + 2),
  wanted(map, taken) {
    const found = new Map();
    if (map.getZoom() < this.fromZoom || map.getZoom() > this.toZoom) return found;
    const view = map.getBounds();
    const pixel = metresPerPixel(map, view.getCenter().lat);
    this.areas.forEach(({ name, at, room }, index) => {
      if (!name || !view.contains(at)) return;
      const home = map.latLngToContainerPoint(at);
      const half = this.half(name);
      const isGood = (each) => each.distanceTo(home) <= (room ? room / pixel : Infinity) && isFree(around(each, half), taken);
      const spot = this.shifts.map((shift) => home.add(shift)).find(isGood);
      if (!spot) return;
      taken.push(around(spot, half));
      found.set(`${index} ${map.getZoom()} ${spot.subtract(home)}`, () =>
        label(name, map.containerPointToLatLng(spot), this.className),
      );
    });
    return found;
  },
});

/** Names of districts, a word a line and never beyond their own, while the city is seen as a whole. */
export const DistrictNames = AreaNames.extend({
  rank: 1,
  className: "district-name",
  shifts: [0, -14, 14, -26, 26, -40, 40].reduce((all, y) => all.concat([0, -20, 20, -40, 40].map((x) => [x, y])), []),
  half(name) {
    const words = name.split(" ");
    return L.point(5 * Math.max(...words.map(({ length }) => length)), 9 * words.length);
  },
});

/** Names along streets: one a street, on its straight piece nearest to the middle of the view. */
export const StreetNames = VisibleLabels.extend({
  rank: 4,
  initialize(streets, fromZoom) {
    this.streets = streets;
    this.fromZoom = fromZoom;
  },
  wanted(map, taken) {
    const found = new Map();
    if (map.getZoom() < this.fromZoom) return found;
    const middles = [];
    this.streets.forEach((street, index) => {
      if (!street.main && map.getZoom() <= this.fromZoom) return;
      const place = placeOfName(map, street, taken);
      if (!place || middles.some((other) => other.distanceTo(place.middle) < 90)) return;
      middles.push(place.middle);
      place.boxes.forEach((box) => taken.push(box));
      const at = map.containerPointToLatLng(place.middle);
      const key = `${index} ${map.getZoom()} ${at.lat.toFixed(5)} ${at.lng.toFixed(5)}`;
      found.set(key, () => label(street.name, at, `street-name${street.main ? " main" : ""}`, place.angle));
    });
    return found;
  },
});

function placeOfName(map, { lines, name }, taken) {
  const size = map.getSize();
  const centre = size.divideBy(2);
  const frame = L.bounds([40, 20], [size.x - 40, size.y - 20]);
  const view = map.getBounds();
  let best = null;
  lines.forEach((line) => {
    if (!view.intersects(L.latLngBounds(line))) return;
    const points = line.map((position) => map.latLngToContainerPoint(position));
    points.slice(1).forEach((end, index) => {
      const start = points[index];
      clipped(start, end, frame).forEach(([from, to]) => {
        if (from.distanceTo(to) < Math.min(60, name.length * 4)) return;
        const middle = from.add(to).divideBy(2);
        const distance = middle.distanceTo(centre);
        if (best && distance >= best.distance) return;
        const boxes = boxesAlong(middle, start, end, name);
        if (!boxes.every((box) => isFree(box, taken))) return;
        best = { middle, distance, boxes, angle: readableAngle(start, end) };
      });
    });
  });
  return best;
}

/** Return the piece of a line that is within a frame, as a list of none or one. */
function clipped(start, end, frame) {
  const piece = L.LineUtil.clipSegment(start, end, frame, false, false);
  return piece ? [piece] : [];
}

/** Return small boxes along a name, which together cover it at any angle. */
function boxesAlong(middle, start, end, name) {
  const direction = end.subtract(start).divideBy(start.distanceTo(end) || 1);
  const reach = LETTER * name.length;
  const boxes = [];
  for (let along = -reach; along <= reach; along += 10) {
    boxes.push(around(middle.add(direction.multiplyBy(along)), L.point(5, 5)));
  }
  return boxes;
}

/** Return the direction of a line in degrees, turned so that text on it never stands on its head. */
function readableAngle(start, end) {
  const angle = (Math.atan2(end.y - start.y, end.x - start.x) * 180) / Math.PI;
  if (angle > 90) return angle - 180;
  return angle < -90 ? angle + 180 : angle;
}
