// The mark of sample data, faint and all over the map: a picture cut out of it still says what it is.

import { isDark, onSchemeChange } from "./data.js";

const SVG = "http://www.w3.org/2000/svg";
const TILE = { width: 240, height: 170 };
const SPOTS = [[60, 45], [180, 130]];
const SLOPE = -24;

/** Lay the mark over a map; clicks go through it. */
export function addWatermark(map, mark) {
  const sheet = document.createElement("div");
  sheet.className = "watermark";
  sheet.setAttribute("aria-hidden", "true");
  const paint = () => {
    const source = new XMLSerializer().serializeToString(tile(mark));
    sheet.style.backgroundImage = `url("data:image/svg+xml,${encodeURIComponent(source)}")`;
  };
  paint();
  onSchemeChange(paint);
  map.getContainer().append(sheet);
}

function tile(mark) {
  const root = element("svg", TILE);
  SPOTS.forEach(([x, y]) => {
    const text = element("text", {
      x,
      y,
      transform: `rotate(${SLOPE} ${x} ${y})`,
      fill: isDark() ? "#e9eff3" : "#15232d",
      "fill-opacity": 0.17,
      "font-family": "system-ui, Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
      "font-size": 22,
      "font-weight": 700,
      "letter-spacing": 3,
      "text-anchor": "middle",
      "dominant-baseline": "middle",
    });
    text.textContent = mark;
    root.append(text);
  });
  return root;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.keys(attributes).forEach((key) => made.setAttribute(key, attributes[key]));
  return made;
}
