// The map's own page: what is clicked, typed or located is shown on the map and on its card.

import { numberText, precinctUrl } from "./cards.js";
import { holdsPersonalNumber } from "./personal.js";

const root = document.getElementById("map-page");
const card = document.getElementById("map-card");
const content = document.getElementById("card-content");
const { lang } = document.documentElement;
const LEAST_MAP = 200; // pixels of it between the top of the window and the card
const CARD = 220; // about its height
let asked = null;
let answerUrl = null;

document.addEventListener("map:point", ({ detail }) => {
  answerUrl = null;
  const { precinct } = detail;
  select(precinct === null ? null : { point: null, precinct, station: null, mark: root.dataset.mark || null });
  if (precinct === null) show(copyOf("card-outside"));
});

document.addEventListener("map:shown", ({ detail }) => {
  if (detail.selection && detail.selection.precinct) show(filledCard(detail));
});

document.addEventListener("map:moved", linkLanguages);

document.getElementById("close-card").addEventListener("click", () => {
  select(null);
  card.hidden = true;
  document.querySelector("#map-frame [tabindex]").focus({ preventScroll: true });
});

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !("find" in event.target.dataset)) return;
  event.preventDefault();
  const query = new URLSearchParams(new FormData(event.target));
  if (holdsPersonalNumber(query.get("q"))) window.location.assign(`/${lang}/?personal=1`);
  else ask("find", query);
});

document.addEventListener("location:found", ({ detail: { lat, lon } }) => {
  ask("locate", new URLSearchParams({ lat: lat.toFixed(6), lon: lon.toFixed(6) }));
});
document.addEventListener("location:problem", ({ detail }) => show(copyOf(`location-${detail.kind}`)));

/** Ask the API and show what it found; what is not one precinct is told on the finder's page, in all its words. */
function ask(path, query) {
  if (asked) asked.abort();
  asked = new AbortController();
  answerUrl = `/${lang}/?${query}`;
  query.set("lang", lang);
  fetch(`/api/v1/${path}?${query}`, { signal: asked.signal })
    .then((response) => {
      if (response.ok || response.status === 422) return response.json();
      throw new Error(`The question was not answered: ${response.status}`);
    })
    .then(showAnswer)
    .catch((error) => {
      if (error.name !== "AbortError") show(copyOf("card-failed"));
    });
}

function showAnswer({ status, campaign, precinct, point, stations }) {
  if (campaign && campaign.hash !== root.dataset.campaign) {
    // Another campaign was published since this page was made: its map and this answer do not belong together.
    window.location.assign(answerUrl);
  } else if (status === "found" && precinct) {
    const station = (stations[0] && stations[0].location) || null;
    select({ point, precinct: precinct.number, station, mark: root.dataset.mark || null });
  } else {
    select(point ? { point, precinct: null, station: null, mark: null } : null);
    show(linked(copyOf("card-unclear")));
  }
}

function select(selection) {
  const number = selection && selection.precinct;
  const query = number ? `?precinct=${number}` : "";
  window.history.replaceState(null, "", window.location.pathname + query + window.location.hash);
  linkLanguages();
  const mark = root.dataset.mark ? ` (${root.dataset.mark})` : "";
  const title = number && numberText(number, root.dataset);
  document.title = number ? `${title}${mark}: ${root.dataset.title}` : root.dataset.title;
  if (!selection) card.hidden = true;
  else makeRoom();
  document.dispatchEvent(new CustomEvent("answer:selection", { detail: selection }));
}

/** Bring the map up where a card would leave too little of it in view. */
function makeRoom() {
  const stage = card.parentElement;
  const isBeside = window.innerWidth >= 960;
  if (isBeside || window.innerHeight - CARD - stage.getBoundingClientRect().top >= LEAST_MAP) return;
  stage.scrollIntoView({ block: "start" });
}

/** Let the links to the other languages lead to the same place and precinct. */
function linkLanguages() {
  const { search, hash } = window.location;
  document.querySelectorAll("a[data-language]").forEach((link) => {
    link.href = `/${link.dataset.language}/map${search}${hash}`;
  });
}

function filledCard({ selection, station, district, words }) {
  const filled = copyOf("card-precinct");
  const { name, address, hours } = station || {};
  const values = { number: numberText(selection.precinct, words), district, name, address, hours: hours && `${words.hours} ${hours}` };
  Object.keys(values).forEach((slot) => {
    const place = filled.querySelector(`[data-slot="${slot}"]`);
    if (values[slot]) place.textContent = values[slot];
    else place.remove();
  });
  filled.querySelector("[data-slot=page]").href = precinctUrl(selection.precinct);
  return linked(filled);
}

/** Lead to the whole answer where a question was asked. */
function linked(copy) {
  const link = copy.querySelector(".answer-link");
  if (link && answerUrl) link.href = answerUrl;
  else if (link) link.parentElement.remove();
  return copy;
}

function copyOf(id) {
  return document.getElementById(id).content.cloneNode(true);
}

function show(words) {
  content.textContent = "";
  content.append(words);
  card.hidden = false;
}

if (!card.hidden) makeRoom();
