// The layers of the map. Folium's script calls these functions; L is Leaflet.

import { addControls } from "./controls.js";
import { drawFetched, isDark, nameOf, onSchemeChange } from "./data.js";
import { NumberLabels, StreetNames } from "./labels.js";
import { NamedIcon, pin } from "./pins.js";
import { decodeArcs, polygonsOf, usersOfArcs } from "./topojson.js";
import { addWatermark } from "./watermark.js";

const PANES = { streets: 350, areas: 400, borders: 410, special: 420, selection: 430, labels: 440 };
const SPECIAL_FROM_ZOOM = 13; // further out the outlines are specks
const TINT_OPACITY = [0.11, 0.18, 0.26];

/** Lay out the map: panes, extent, controls, credits, and the mark of sample data. */
export function setUp(map, { bounds, words, mark, source }) {
  addPanes(map);
  map.fitBounds(bounds, { animate: false });
  map.setMaxBounds(L.latLngBounds(bounds).pad(0.6));
  addControls(map, words, source);
  if (mark) addWatermark(map, mark);
  const showSpecial = () => {
    map.getPane("special").style.display = map.getZoom() < SPECIAL_FROM_ZOOM ? "none" : "";
  };
  map.on("zoomend", showSpecial);
  showSpecial();
}

/** The precincts: areas, borders and numbers. */
export function precinctLayer({ url, hues }) {
  const layer = group();
  layer.polygons = new Map();
  layer.ready = drawFetched(url, (topology) => {
    const arcs = decodeArcs(topology);
    const territorial = geometries(topology).filter(({ properties }) => properties.kind === "territorial");
    const areas = drawAreas(territorial, arcs, hues, canvas("areas"));
    territorial.forEach(({ properties }, index) => layer.polygons.set(properties.number, areas[index]));
    const lines = drawBorders(territorial, arcs, hues, canvas("borders"));
    [...areas, ...lines, new NumberLabels(territorial.map(({ properties }) => properties))].forEach((part) =>
      layer.addLayer(part),
    );
    onSchemeChange(() => [...areas, ...lines].forEach((part) => part.restyle()));
  });
  return layer;
}

/** The precincts of hospitals, military units and the like: outlines only. */
export function specialLayer({ url }) {
  const layer = group();
  layer.ready = drawFetched(url, (topology) => {
    const arcs = decodeArcs(topology);
    const special = geometries(topology).filter(({ properties }) => properties.kind === "special");
    const renderer = canvas("special");
    special.forEach((geometry) => {
      const outline = L.polygon(polygonsOf(geometry, arcs), {
        renderer,
        interactive: false,
        fill: false,
        weight: 1.5,
        dashArray: "4 4",
        color: isDark() ? "#e9eff3" : "#15232d",
      });
      layer.addLayer(outline);
      onSchemeChange(() => outline.setStyle({ color: isDark() ? "#e9eff3" : "#15232d" }));
    });
    layer.addLayer(new NumberLabels(special.map(({ properties }) => properties), "number-special"));
  });
  return layer;
}

/** The streets under the precincts, with names along them when the map is close. */
export function streetLayer({ url, namesFromZoom }) {
  const layer = group();
  layer.restyles = [];
  layer.getEvents = () => ({
    zoomend: ({ target }) => {
      layer.zoom = target.getZoom();
      layer.restyles.forEach((restyle) => restyle());
    },
  });
  layer.ready = drawFetched(url, (streets) => {
    const renderer = canvas("streets");
    [false, true].forEach((main) => {
      const lines = [].concat(...streets.filter((street) => street.main === main).map(({ lines: own }) => own));
      const drawn = L.polyline(lines, { renderer, interactive: false });
      const restyle = () => drawn.setStyle({ color: streetColour(main), weight: streetWidth(main, layer.zoom) });
      layer.restyles.push(restyle);
      layer.addLayer(drawn);
      onSchemeChange(restyle);
      restyle();
    });
    layer.addLayer(new StreetNames(streets.map((street) => ({ ...street, name: nameOf(street.names) })), namesFromZoom));
  });
  return layer;
}

/** Let the Enter key do what a click does; the cluster is gone then, so the map takes the focus. */
function openByKeyboard(cluster) {
  cluster.on("clusterkeypress", ({ layer, originalEvent }) => {
    if (originalEvent.key !== "Enter") return;
    layer._map.getContainer().focus();
    layer.zoomToBounds();
  });
}

/** Fill a cluster with the stations: one pin a building, with the numbers that vote in it. */
export function loadStations(cluster, { url, mark }) {
  cluster.ready = drawFetched(url, (buildings) => {
    cluster.addLayers(buildings.map((building) => stationMarker(building, mark)));
    tellOfSigns(cluster);
    openByKeyboard(cluster);
    cluster.on("animationend add remove", () => tellOfSigns(cluster));
  });
}

/** Return what makes the sign of a cluster: "×" and how many buildings, lest it be read as a precinct's number. */
export function clusterIcons(name) {
  return (cluster) => {
    const count = document.createElement("span");
    count.textContent = `×${cluster.getChildCount()}`;
    const label = name.replace("{count}", cluster.getChildCount());
    return new NamedIcon({ html: count, className: "station-cluster", iconSize: [48, 30], label });
  };
}

function tellOfSigns(layer) {
  if (layer._map) layer._map.fire("signs");
}

function stationMarker({ numbers, at, names, addresses }, mark) {
  const label = `${numbers.map((number) => `№ ${number}`).join(", ")}${mark ? ` (${mark})` : ""}: ${nameOf(names)}`;
  const icon = new NamedIcon({ html: pin(numbers), className: "station", iconSize: null, label });
  const marker = L.marker(at, { icon, keyboard: true });
  return marker.bindPopup(() => stationCard(numbers, mark, nameOf(names), nameOf(addresses)), {
    closeButton: false,
    offset: [0, -26],
  });
}

function stationCard(numbers, mark, name, address) {
  const card = document.createElement("div");
  [
    ["strong", numbers.map((number) => `№ ${number}`).join(", "), ""],
    ["span", mark, "mark"],
    ["p", name, ""],
    ["p", address, ""],
  ].forEach(([tag, text, className]) => {
    if (!text) return;
    const part = document.createElement(tag);
    part.textContent = text;
    part.className = className;
    card.append(part, " ");
  });
  return card;
}

function drawAreas(precincts, arcs, hues, renderer) {
  return precincts.map((geometry) => {
    const { district, tint } = geometry.properties;
    const area = L.polygon(polygonsOf(geometry, arcs), { renderer, interactive: false, stroke: false });
    area.restyle = (chosen = area.chosen) => {
      area.chosen = chosen;
      const hue = hues[district];
      area.setStyle({
        fillColor: hue ? (isDark() ? hue.dark : hue.fill) : "#7b8a94",
        fillOpacity: chosen ? 0 : TINT_OPACITY[tint] || TINT_OPACITY[0],
      });
    };
    area.restyle(false);
    return area;
  });
}

/** Draw each border once: a casing under all, then a line in the district's colour. */
function drawBorders(precincts, arcs, hues, renderer) {
  const byDistrict = new Map();
  const outer = [];
  usersOfArcs(precincts).forEach((users, arc) => {
    const districts = new Set(users.map(({ properties }) => properties.district));
    if (districts.size > 1 || users.length === 1) outer.push(arcs[arc]);
    const [district] = districts;
    byDistrict.set(district, [...(byDistrict.get(district) || []), arcs[arc]]);
  });
  const line = (positions, style) => {
    const drawn = L.polyline(positions, { renderer, interactive: false, smoothFactor: 0.8 });
    drawn.restyle = () => drawn.setStyle(style());
    drawn.restyle();
    return drawn;
  };
  const casing = line(arcs, () => ({ color: isDark() ? "#0f171d" : "#ffffff", weight: 3, opacity: 0.75 }));
  const lines = [...byDistrict].map(([district, positions]) =>
    line(positions, () => ({ color: lineColour(hues[district]), weight: 1, opacity: 1 })),
  );
  const edge = line(outer, () => ({ color: isDark() ? "#c9d4db" : "#33424c", weight: 1.8, opacity: 0.9 }));
  return [casing, ...lines, edge];
}

function lineColour(hue) {
  if (!hue) return isDark() ? "#a9b7c0" : "#4d5d68";
  return isDark() ? hue.dark : hue.line;
}

function streetColour(main) {
  if (isDark()) return main ? "#3d4c57" : "#2c3a44";
  return main ? "#c3ccd2" : "#dbe1e5";
}

function streetWidth(main, zoom = 0) {
  if (zoom < 13) return main ? 1.5 : 0.6;
  if (zoom < 15) return main ? 3 : 1.2;
  return main ? 7 : 3.5;
}

function geometries(topology) {
  return topology.objects.precincts.geometries;
}

function canvas(pane) {
  return L.canvas({ pane, padding: 0.4 });
}

/** A group whose panes exist before its parts are drawn. */
function group() {
  const layer = L.layerGroup();
  const add = layer.onAdd;
  layer.onAdd = function onAdd(map) {
    addPanes(map);
    add.call(layer, map);
  };
  return layer;
}

function addPanes(map) {
  Object.keys(PANES).forEach((name) => {
    if (map.getPane(name)) return;
    map.createPane(name).style.zIndex = PANES[name];
  });
  map.getPane("labels").style.pointerEvents = "none";
}
