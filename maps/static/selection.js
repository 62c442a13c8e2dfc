// What is chosen on the map: the precinct's border, its station, the point.

import { pin } from "./pins.js";

const STEPS = [
  { color: "#ffffff", weight: 9 },
  { color: "#b3261e", weight: 4 },
];
const SAME_PLACE_M = 2;
const FAR_M = 3000; // a station further away than this does not pull the view towards it

/** Keeps at most one choice on the map. */
export class Selection {
  constructor(map, precincts, stations) {
    this.map = map;
    this.stations = stations;
    this.covered = [];
    this.precincts = precincts;
    this.layers = L.layerGroup().addTo(map);
    this.area = null;
  }

  clear() {
    this.layers.clearLayers();
    if (this.area) this.area.restyle(false);
    this.area = null;
    this.covered.forEach((marker) => marker.setOpacity(1));
    this.covered = [];
    this.map.fire("signs");
  }

  /** Show a resolution of the API. */
  show(resolution, { move, mark }) {
    this.clear();
    const { point, precinct, stations } = resolution;
    if (point) this.addPoint([point.lat, point.lon]);
    const station = stations.find(({ location }) => location);
    if (!precinct) return Promise.resolve();
    // The layers tell of themselves when they cannot be drawn; the choice does without them.
    return Promise.all([this.precincts.ready, this.stations.ready]).then(() => {
      if (station) this.addStation(precinct.number, station.location, mark);
      this.addArea(precinct.number, point, station, move);
      this.map.fire("signs");
    });
  }

  addPoint(at) {
    const icon = L.divIcon({ className: "point", iconSize: [14, 14] });
    this.layers.addLayer(L.marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: 2000 }));
  }

  /** Mark the station in place of its everyday pin. */
  addStation(number, { lon, lat }, mark) {
    this.covered = this.stations.getLayers().filter((marker) => marker.getLatLng().distanceTo([lat, lon]) < SAME_PLACE_M);
    this.covered.forEach((marker) => marker.setOpacity(0));
    const icon = L.divIcon({ html: pin([number], mark), className: "station station-chosen", iconSize: null });
    this.layers.addLayer(L.marker([lat, lon], { icon, interactive: false, keyboard: false, zIndexOffset: 1000 }));
  }

  addArea(number, point, station, move) {
    const area = this.precincts.polygons.get(number);
    if (!area) return;
    this.area = area;
    area.restyle(true);
    const rings = [].concat(...area.getLatLngs()).map((ring) => [...ring, ring[0]]);
    STEPS.forEach((style) => {
      this.layers.addLayer(L.polyline(rings, { pane: "selection", interactive: false, ...style }));
    });
    if (move) this.bringIntoView(area.getBounds(), point, station);
  }

  bringIntoView(bounds, point, station) {
    const all = L.latLngBounds(bounds.getSouthWest(), bounds.getNorthEast());
    if (point) all.extend([point.lat, point.lon]);
    if (station) {
      const at = L.latLng(station.location.lat, station.location.lon);
      if (at.distanceTo(bounds.getCenter()) < FAR_M) all.extend(at);
    }
    const view = this.map.getBounds();
    const wide = this.map.latLngToContainerPoint(all.getSouthWest());
    const high = this.map.latLngToContainerPoint(all.getNorthEast());
    // A precinct that is in view and large enough stays where the reader is looking.
    if (view.contains(all) && wide.distanceTo(high) > 160) return;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map.fitBounds(all, { padding: [40, 40], maxZoom: 16, animate: !still });
  }
}
