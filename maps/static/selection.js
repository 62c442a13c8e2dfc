// What is chosen on the map: the precinct's border, its station, the point.

import { pin } from "./pins.js";

const STEPS = [
  { color: "#ffffff", weight: 9 },
  { color: "#b3261e", weight: 4 },
];
const SAME_PLACE_M = 2;
const FAR_M = 3000; // a station further away than this does not pull the view towards it
const CLOSE_ZOOM = 16;

/** Keeps at most one choice on the map. */
export class Selection {
  constructor(map, precincts, stations) {
    this.map = map;
    this.stations = stations;
    this.covered = [];
    this.precincts = precincts;
    this.layers = L.layerGroup().addTo(map);
    this.area = null;
    this.latest = 0;
  }

  clear() {
    this.layers.clearLayers();
    if (this.area) this.area.restyle(false);
    this.area = null;
    this.covered.forEach((marker) => marker.setOpacity(1));
    this.covered = [];
    this.map.fire("signs");
  }

  /** Show a selection, null for none; return a promise of what the map knows of its precinct. */
  show(selection, { move }) {
    this.latest += 1;
    const turn = this.latest;
    this.clear();
    const { point, precinct, near, mark } = selection || {};
    if (point) this.addPoint([point.lat, point.lon]);
    // The layers tell of themselves when they cannot be drawn; the choice does without them.
    return Promise.all([this.precincts.ready, this.stations.ready]).then(() => {
      const known = (this.stations.byNumber && this.stations.byNumber.get(precinct)) || null;
      const place = placeOf(selection, known);
      // Another choice has been made meanwhile.
      if (turn === this.latest) this.draw(selection || {}, place, move && !near);
      if (turn === this.latest && near && move) this.map.setView([near.lat, near.lon], CLOSE_ZOOM, { animate: false });
      return { selection, station: known, district: this.precincts.districtOf(precinct), mark };
    });
  }

  draw({ point, precinct, mark }, place, move) {
    if (!precinct) {
      if (point && move) this.bringIntoView(L.latLngBounds([[point.lat, point.lon]]));
      return;
    }
    if (place) this.addStation(precinct, place, mark);
    this.addArea(precinct);
    if (move) this.bringIntoView(this.boundsOf(point, place));
    this.map.fire("signs");
  }

  addPoint(at) {
    const icon = L.divIcon({ className: "point", iconSize: [14, 14] });
    this.layers.addLayer(L.marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: 2000 }));
  }

  /** Mark the station in place of its everyday pin. */
  addStation(number, at, mark) {
    this.covered = this.stations.getLayers().filter((marker) => marker.getLatLng().distanceTo(at) < SAME_PLACE_M);
    this.covered.forEach((marker) => marker.setOpacity(0));
    const icon = L.divIcon({ html: pin([number], mark), className: "station station-chosen", iconSize: null });
    this.layers.addLayer(L.marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: 1000 }));
  }

  addArea(number) {
    const area = this.precincts.polygons.get(number);
    if (!area) return;
    this.area = area;
    area.restyle(true);
    const rings = [].concat(...area.getLatLngs()).map((ring) => [...ring, ring[0]]);
    STEPS.forEach((style) => {
      this.layers.addLayer(L.polyline(rings, { pane: "selection", interactive: false, ...style }));
    });
  }

  boundsOf(point, place) {
    const own = this.area && this.area.getBounds();
    const all = own ? L.latLngBounds(own.getSouthWest(), own.getNorthEast()) : L.latLngBounds([]);
    if (point) all.extend([point.lat, point.lon]);
    if (place && (!all.isValid() || L.latLng(place).distanceTo(all.getCenter()) < FAR_M)) all.extend(place);
    return all;
  }

  /** Return whether a card or the end of the window hides some of an area. */
  isCovered(all) {
    const { top } = this.map.getContainer().getBoundingClientRect();
    return top + this.map.latLngToContainerPoint(all.getSouthWest()).y > lowestSeen();
  }

  bringIntoView(all) {
    if (!all.isValid()) return;
    const view = this.map.getBounds();
    const wide = this.map.latLngToContainerPoint(all.getSouthWest());
    const high = this.map.latLngToContainerPoint(all.getNorthEast());
    // A precinct that is in view and large enough stays where the reader is looking.
    if (!this.isCovered(all) && view.contains(all) && wide.distanceTo(high) > 160) return;
    const { bottom, height } = this.map.getContainer().getBoundingClientRect();
    const below = Math.max(0, bottom - lowestSeen());
    // A map that the reader has yet to scroll to will be seen in full.
    const hidden = below < height / 2 ? below : 0;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map.fitBounds(all, {
      paddingTopLeft: [40, 60],
      paddingBottomRight: [56, 40 + hidden],
      maxZoom: CLOSE_ZOOM,
      animate: !still,
    });
  }
}

/** Return how far down the window the map can be seen: to a card that lies across it, or to the end. */
function lowestSeen() {
  const card = document.getElementById("map-card");
  const box = card && !card.hidden && card.getBoundingClientRect();
  const isAcross = box && box.width > window.innerWidth / 2;
  return isAcross ? Math.min(box.top, window.innerHeight) : window.innerHeight;
}

/** Return where the station of a selection is: as the answer says, else as the map knows; null if unknown. */
function placeOf(selection, known) {
  if (selection && selection.station) return [selection.station.lat, selection.station.lon];
  return known && known.at;
}
