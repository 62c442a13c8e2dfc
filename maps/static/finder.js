// Answers without loading the page anew: what is typed, chosen, pointed at on the map, or gone back to.

import { campaign, show, showMessage, stopWaiting, wait } from "./answer_panel.js";
import { fetchAnswer } from "./asking.js";

const QUESTION = ["q", "lat", "lon", "personal"];
const DECIMALS = 6;

const finder = new URL(document.getElementById("find-form").action).pathname;
let asked = null;
let shown = window.location.search;

function ask(parameters, { focus, remember }) {
  if (asked) asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  const query = parameters.toString();
  wait("asking");
  fetchAnswer(`${finder}answer?${query}`, signal)
    .then((answer) => {
      if (answer.campaign !== campaign) {
        // Another campaign was published since this page was made: its map and this answer do not belong together.
        window.location.assign(`${finder}?${query}`);
        return;
      }
      const { address } = answer.section.dataset;
      if (remember && address !== window.location.pathname + window.location.search) {
        window.history.pushState(null, "", address);
      }
      shown = window.location.search;
      linkLanguages();
      show(answer.section, { focus });
    })
    .catch((error) => {
      if (error.name === "AbortError") return;
      showMessage(`problem-${error.kind || "service"}`, { focus });
    });
}

/** Let the links to the other languages lead to the same answer. */
function linkLanguages() {
  document.querySelectorAll("a[data-language]").forEach((link) => {
    link.href = `/${link.dataset.language}/${window.location.search}`;
  });
}

function isOurs(event) {
  return !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.button;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !("find" in form.dataset)) return;
  event.preventDefault();
  ask(new URLSearchParams(new FormData(form)), { focus: true, remember: true });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-find], a[data-choose-on-map]");
  if (!link || !isOurs(event)) return;
  event.preventDefault();
  if ("find" in link.dataset) {
    ask(new URL(link.href).searchParams, { focus: true, remember: true });
  } else {
    goToMap();
  }
});

function goToMap() {
  const frame = document.getElementById("map-frame");
  frame.scrollIntoView({ block: "center" });
  const map = frame.querySelector("[tabindex]");
  if (map) map.focus({ preventScroll: true });
}

window.addEventListener("popstate", () => {
  const parameters = new URLSearchParams(window.location.search);
  // A jump inside the page is no other question.
  if (window.location.search === shown) return;
  shown = window.location.search;
  const isQuestion = QUESTION.some((name) => parameters.has(name));
  ask(isQuestion ? parameters : new URLSearchParams(), { focus: false, remember: false });
});

document.addEventListener("map:point", ({ detail }) => {
  ask(pointOf(detail), { focus: false, remember: true });
});

document.addEventListener("location:asked", () => {
  if (asked) asked.abort();
  wait("locating");
});
document.addEventListener("location:found", ({ detail }) => {
  const parameters = pointOf(detail);
  if (detail.accuracy) parameters.set("accuracy", Math.min(Math.round(detail.accuracy), 99999));
  ask(parameters, { focus: true, remember: true });
});
document.addEventListener("location:problem", ({ detail }) => {
  showMessage(`location-${detail.kind}`, { focus: true });
});

document.addEventListener("personal:typed", (event) => {
  event.preventDefault();
  if (asked) asked.abort();
  stopWaiting();
  showMessage("problem-personal", { focus: true });
});

function pointOf({ lat, lon }) {
  return new URLSearchParams({ lat: lat.toFixed(DECIMALS), lon: lon.toFixed(DECIMALS) });
}
