// The layers of the map. Folium's script calls these functions; L is Leaflet.

import { addControls } from "./controls.js";
import { drawFetched, isDark, onSchemeChange } from "./data.js";
import { NumberLabels } from "./labels.js";
import { addPanes, canvas, group } from "./panes.js";
import { decodeArcs, holds, polygonsOf, usersOfArcs } from "./topojson.js";
import { addWatermark } from "./watermark.js";

export { backgroundLayer } from "./background.js";
export { clusterIcons, loadStations } from "./stations.js";

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
export function precinctLayer({ url, hues, districts }) {
  const layer = group();
  layer.polygons = new Map();
  layer.districtOf = (number) => {
    const area = layer.polygons.get(number);
    return area ? districts[area.district] || "" : "";
  };
  layer.numberAt = (lat, lon) => {
    const found = [...layer.polygons].find(([, area]) => area.getBounds().contains([lat, lon]) && holds(area.rings, lat, lon));
    return found ? found[0] : null;
  };
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

function drawAreas(precincts, arcs, hues, renderer) {
  return precincts.map((geometry) => {
    const { district, tint } = geometry.properties;
    const polygons = polygonsOf(geometry, arcs);
    const area = L.polygon(polygons, { renderer, interactive: false, stroke: false });
    area.district = district;
    area.rings = [].concat(...polygons);
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

function geometries(topology) {
  return topology.objects.precincts.geometries;
}
