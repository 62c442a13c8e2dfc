// The residents' page: a click on the map asks the API and shows the answer.

import { showAnswer, showProblem } from "./answer.js";
import { fetchAnswer } from "./fetching.js";
import { Selection } from "./selection.js";

const DECIMALS = 6;

/** Bring the page to life once Folium's script has made the map. */
export function start({ map, precincts, stations }) {
  const panel = document.getElementById("answer");
  const selection = new Selection(map, precincts, stations);
  const container = map.getContainer();
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", container.parentElement.dataset.label);
  const { mark } = JSON.parse(panel.dataset.words);
  let asked = null;
  watchInput();

  const ask = (position) => {
    if (asked) asked.abort();
    asked = new AbortController();
    const lat = position.lat.toFixed(DECIMALS);
    const lon = position.lng.toFixed(DECIMALS);
    const { lang } = document.documentElement;
    document.documentElement.dataset.state = "asking";
    fetchAnswer(`${panel.dataset.api}?lat=${lat}&lon=${lon}&lang=${lang}`, asked.signal)
      .then((resolution) => {
        if (resolution.campaign.hash !== panel.dataset.campaign) {
          // Another campaign was published since this page was made: its map and this answer do not belong together.
          window.location.assign(`/?lat=${lat}&lon=${lon}&lang=${lang}`);
          return null;
        }
        showAnswer(panel, resolution);
        remember(lat, lon);
        bringIntoView(panel);
        return selection.show(resolution, { move: true, mark });
      })
      .then(() => {
        document.documentElement.dataset.state = "answered";
      })
      .catch((error) => {
        if (error.name === "AbortError") return;
        selection.clear();
        showProblem(panel, error.kind || "service");
        document.documentElement.dataset.state = "failed";
      });
  };

  map.on("click", (event) => ask(event.latlng.wrap()));
  // By keyboard the arrows move the map under its middle, and Enter chooses the middle.
  container.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === container) ask(map.getCenter().wrap());
  });
  if (panel.dataset.resolution) selection.show(JSON.parse(panel.dataset.resolution), { move: true, mark });
  document.documentElement.dataset.map = "ready";
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

/** Keep the answer in the address, so that it can be shared and survives a change of language. */
function remember(lat, lon) {
  const here = new URL(window.location.href);
  here.searchParams.set("lat", lat);
  here.searchParams.set("lon", lon);
  window.history.replaceState(null, "", here);
  document.querySelectorAll("[data-language]").forEach((link) => {
    here.searchParams.set("lang", link.dataset.language);
    link.href = here.search;
  });
}

/** On a narrow screen the answer stands above the map that was tapped: go there. */
function bringIntoView(panel) {
  if (panel.getBoundingClientRect().top >= 0) return;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  panel.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
}
