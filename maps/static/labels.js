// Labels of the map: only those in view, and only where they fit. They are no targets of clicks.

const MOST_LABELS = 200;
const EARTH_M_PER_PIXEL = 156543.03; // at zoom 0 on the equator, Web Mercator

function metresPerPixel(map, lat) {
  return (EARTH_M_PER_PIXEL * Math.cos((lat * Math.PI) / 180)) / 2 ** map.getZoom();
}

/** A layer that keeps the labels of what is in view; subclasses choose them. */
const VisibleLabels = L.Layer.extend({
  initialize() {
    this.shown = new Map();
  },
  onAdd() {
    this.refresh();
  },
  onRemove() {
    window.cancelAnimationFrame(this.frame);
    this.frame = null;
    this.shown.forEach((label) => label.remove());
    this.shown.clear();
  },
  getEvents() {
    return { moveend: this.refreshSoon, zoomend: this.refreshSoon, signs: this.refreshSoon };
  },
  /** Wait until everybody else has reacted to the same event: labels make way for the other signs. */
  refreshSoon() {
    if (this.frame) return;
    this.frame = window.requestAnimationFrame(() => {
      this.frame = null;
      this.refresh();
    });
  },
  refresh() {
    const wanted = this.wanted(this._map);
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

/** Numbers of precincts, each shown once its precinct has room for it beside the signs of the stations. */
export const NumberLabels = VisibleLabels.extend({
  initialize(precincts, className = "number") {
    VisibleLabels.prototype.initialize.call(this);
    this.precincts = precincts;
    this.className = className;
  },
  wanted(map) {
    const view = map.getBounds();
    const pixel = metresPerPixel(map, view.getCenter().lat);
    const found = new Map();
    const taken = signBoxes(map);
    this.precincts.forEach(({ number, label: [lon, lat], room }) => {
      const text = String(number);
      if (found.size >= MOST_LABELS || room / pixel < 6 + 4 * text.length) return;
      if (!view.contains([lat, lon])) return;
      const home = map.latLngToContainerPoint([lat, lon]);
      const spot = freeSpot(home, L.point(4 * text.length, 8), room / pixel, taken);
      if (!spot) return;
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
  const isFree = (spot) => {
    const box = L.bounds(spot.subtract(half), spot.add(half));
    return spot.distanceTo(home) + half.y <= Math.max(reach, half.y) && !taken.some((other) => other.overlaps(box));
  };
  if (isFree(home)) return home;
  const own = L.bounds(home.subtract(half), home.add(half));
  const beside = [];
  taken.forEach((box) => {
    if (!box.overlaps(own)) return;
    beside.push(L.point(home.x, box.max.y + half.y + 2), L.point(home.x, box.min.y - half.y - 2));
    beside.push(L.point(box.min.x - half.x - 2, home.y), L.point(box.max.x + half.x + 2, home.y));
  });
  return beside.find(isFree) || null;
}

/** Names along streets: one a street, on its straight piece nearest to the middle of the view. */
export const StreetNames = VisibleLabels.extend({
  initialize(streets, fromZoom) {
    VisibleLabels.prototype.initialize.call(this);
    this.streets = streets;
    this.fromZoom = fromZoom;
  },
  wanted(map) {
    const found = new Map();
    if (map.getZoom() < this.fromZoom) return found;
    const taken = [];
    this.streets.forEach((street, index) => {
      if (!street.main && map.getZoom() <= this.fromZoom) return;
      const place = placeOfName(map, street.lines);
      if (!place || taken.some((other) => other.distanceTo(place.middle) < 90)) return;
      taken.push(place.middle);
      const at = map.containerPointToLatLng(place.middle);
      const key = `${index} ${map.getZoom()} ${at.lat.toFixed(5)} ${at.lng.toFixed(5)}`;
      found.set(key, () => label(street.name, at, "street-name", place.angle));
    });
    return found;
  },
});

function placeOfName(map, lines) {
  const size = map.getSize();
  const centre = size.divideBy(2);
  const frame = L.bounds([40, 20], [size.x - 40, size.y - 20]);
  let best = null;
  lines.forEach((line) => {
    const points = line.map((position) => map.latLngToContainerPoint(position));
    points.slice(1).forEach((end, index) => {
      const start = points[index];
      const middle = start.add(end).divideBy(2);
      if (!frame.contains(middle) || start.distanceTo(end) < 24) return;
      const distance = middle.distanceTo(centre);
      if (!best || distance < best.distance) best = { middle, distance, angle: readableAngle(start, end) };
    });
  });
  return best;
}

/** Return the direction of a line in degrees, turned so that text on it never stands on its head. */
function readableAngle(start, end) {
  const angle = (Math.atan2(end.y - start.y, end.x - start.x) * 180) / Math.PI;
  if (angle > 90) return angle - 180;
  return angle < -90 ? angle + 180 : angle;
}
