// The map's own background: streets, districts and names, drawn under the precincts.

import { drawFetched, isDark, onSchemeChange } from "./data.js";
import { AreaNames, DistrictNames, StreetNames } from "./labels.js";
import { canvas, group } from "./panes.js";

const MINOR_FROM_ZOOM = 13; // further out the minor streets are a grey haze
const DISTRICT_NAMES = [0, 12.5];
const AREA_NAMES = [13, 15.5];

/** The background of our own. */
export function backgroundLayer({ url, namesFromZoom }) {
  const layer = group();
  const parts = [];
  const restyle = () => parts.forEach(({ drawn, style }) => drawn.setStyle(style(layer.zoom || 0)));
  layer.getEvents = () => ({
    zoomend: ({ target }) => {
      layer.zoom = target.getZoom();
      restyle();
    },
  });
  layer.ready = drawFetched(url, (data) => {
    const renderer = canvas("streets");
    const place = decoder(data);
    const streets = data.streets.map(([name, main, ...lines]) => ({ name, main: main === 1, lines: lines.map(place) }));
    const districts = data.districts.map(([name, at, room, ...lines]) => ({
      name,
      at: place(at)[0],
      room,
      lines: lines.map(place),
    }));
    const draw = (lines, style) => {
      const drawn = L.polyline(lines, { renderer, interactive: false, smoothFactor: 1.2 });
      parts.push({ drawn, style });
      layer.addLayer(drawn);
    };
    draw(linesOf(streets.filter(({ main }) => !main)), (zoom) => streetStyle(false, zoom));
    draw(linesOf(streets.filter(({ main }) => main)), (zoom) => streetStyle(true, zoom));
    draw(linesOf(districts), () => ({ color: isDark() ? "#8fa0ab" : "#6b7983", weight: 1.5 }));
    if (layer._map) layer.zoom = layer._map.getZoom();
    restyle();
    onSchemeChange(restyle);
    const areas = data.names.map(([name, at]) => ({ name, at: place(at)[0] }));
    layer.addLayer(new DistrictNames(districts, DISTRICT_NAMES));
    layer.addLayer(new AreaNames(areas, AREA_NAMES));
    layer.addLayer(new StreetNames(streets, namesFromZoom));
  });
  return layer;
}

/** Return what turns a line of the file, steps from one position to the next, into positions for Leaflet. */
function decoder({ step, origin }) {
  return (steps) => {
    const line = [];
    let x = 0;
    let y = 0;
    for (let index = 0; index < steps.length; index += 2) {
      x += steps[index];
      y += steps[index + 1];
      line.push([origin[1] + y * step, origin[0] + x * step]);
    }
    return line;
  };
}

function linesOf(places) {
  return [].concat(...places.map(({ lines }) => lines));
}

function streetStyle(main, zoom) {
  return { color: streetColour(main), weight: streetWidth(main, zoom), stroke: main || zoom >= MINOR_FROM_ZOOM };
}

function streetColour(main) {
  if (isDark()) return main ? "#45555f" : "#323f48";
  return main ? "#bfc8ce" : "#d3dade";
}

function streetWidth(main, zoom) {
  if (zoom < 13) return main ? 1.5 : 0.6;
  if (zoom < 15) return main ? 3 : 1.2;
  return main ? 7 : 3.5;
}
