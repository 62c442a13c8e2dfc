// The start of the map, once Folium's script has made its layers. The page around it is told by events on the
// document, and tells by events what was answered: neither needs the other's modules.

import { backUp } from "./online.js";
import { Selection } from "./selection.js";

/** Bring the map to life: it tells "map:point" and "map:shown", and shows what "answer:selection" says. */
export function start({ map, precincts, stations, background, online, words }) {
  const container = map.getContainer();
  const frame = document.getElementById("map-frame");
  const selection = new Selection(map, precincts, stations);
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", frame.dataset.label || "");
  watchInput();
  if (online) backUp(map, online, background);

  const show = (chosen, options) =>
    selection.show(chosen, options).then((detail) => tell("map:shown", { ...detail, words }));
  const point = (position) => {
    const { lat, lng } = position.wrap();
    tell("map:point", { lat, lon: lng, precinct: precincts.numberAt(lat, lng) });
  };
  map.on("click", (event) => point(event.latlng));
  // By keyboard the arrows move the map under its middle, and Enter chooses the middle.
  container.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === container) point(map.getCenter());
  });
  document.addEventListener("answer:selection", ({ detail }) => show(detail, { move: true }));

  const begun = followAddress(map, frame);
  const standing = selectionOf(document.getElementById("answer")) || selectionOf(frame);
  if (standing) show(standing, { move: !begun });
  if (frame.dataset.view === "precinct" || frame.dataset.view === "embed") map.scrollWheelZoom.disable();
  document.documentElement.dataset.map = "ready";
}

/** Return the selection that stands in the page. */
function selectionOf(element) {
  return element && element.dataset.selection ? JSON.parse(element.dataset.selection) : null;
}

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

/** Keep position and zoom in the address of the map's own page; return whether the address had them already. */
function followAddress(map, frame) {
  if (frame.dataset.view !== "map") return false;
  const [zoom, lat, lon] = window.location.hash.slice(1).split("/").map(Number);
  const isGiven = Number.isFinite(zoom) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  if (isGiven) map.setView([lat, lon], zoom, { animate: false });
  map.on("moveend", () => {
    const { lat: y, lng: x } = map.getCenter();
    const here = `#${map.getZoom()}/${y.toFixed(4)}/${x.toFixed(4)}`;
    window.history.replaceState(null, "", window.location.pathname + window.location.search + here);
    tell("map:moved", null);
  });
  return isGiven;
}

/** Note whether the reader works by keyboard: a click on the map focuses it too, and needs no ring. */
function watchInput() {
  const root = document.documentElement;
  document.addEventListener("keydown", () => {
    root.dataset.input = "keyboard";
  });
  document.addEventListener("pointerdown", () => {
    root.dataset.input = "pointer";
  });
}
