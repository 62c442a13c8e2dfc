// Fills the answer panel from a resolution of the API: the same words as the server writes into the page.

import { nameOf } from "./data.js";

const CHANGES = ["station_moved", "hours_changed", "house_moved"];
const WARNINGS = ["derived_border", "nearest_house", "on_border", "near_border"];
const REMARKS = ["special_precinct", "nearest_precinct"];

/** Put the answer into the panel. */
export function showAnswer(panel, resolution) {
  const words = JSON.parse(panel.dataset.words);
  const template = document.getElementById(resolution.precinct ? "template-found" : "template-outside");
  const answer = template.content.cloneNode(true);
  const found = values(resolution, words);
  fill(answer, found);
  replace(panel, answer);
  document.title = resolution.precinct ? filled(words.titleFound, found) : words.title;
}

/** Put a problem of the API, or of the way to it, into the panel: "network", "query" or "service". */
export function showProblem(panel, kind) {
  const template = document.getElementById(`template-${kind}`);
  replace(panel, template.content.cloneNode(true));
  document.title = JSON.parse(panel.dataset.words).title;
}

function replace(panel, content) {
  // The hint has done its work: the answer takes its place.
  panel.closest("main").classList.add("answered");
  panel.textContent = "";
  panel.append(content);
}

function values(resolution, words) {
  const { precinct, notes } = resolution;
  const [station] = resolution.stations;
  const texts = (code) => notes.filter((note) => note.code === code).map((note) => note.text);
  const flat = (codes) => [].concat(...codes.map(texts));
  const near = flat(WARNINGS);
  return {
    lead: resolution.authority === "derived" ? words.leadProbable : words.lead,
    number: precinct && filled(words.number, { number: precinct.number }),
    district: precinct && words.districts[precinct.district],
    station: station && nameOf(station.names),
    address: station && nameOf(station.address),
    hours: station && `${station.opens}–${station.closes}`,
    early: station && station.may_close_early ? words.early : null,
    phone: station && station.phone,
    facts: station && factsOf(station.accessibility, words),
    noStation: precinct && !station ? flat(["station_unknown"]) : null,
    changed: flat(CHANGES),
    near,
    help: precinct && (!station || near.length > 0),
    remarks: flat(REMARKS),
    outside: flat(["outside"]),
    how: words.how[resolution.authority],
    registered: flat(["registered_address"]),
  };
}

/** Return what is known for people with disabilities, and then in one phrase what is not. */
function factsOf(accessibility, words) {
  const facts = Object.keys(words.facts);
  const textsOf = (some) => some.map((fact) => words.facts[fact][accessibility[fact]]);
  const unknown = facts.filter((fact) => accessibility[fact] === "unknown");
  if (unknown.length === facts.length) return [words.factsUnknown];
  const known = textsOf(facts.filter((fact) => !unknown.includes(fact)));
  return unknown.length ? [...known, filled(words.factsMissing, { facts: textsOf(unknown).join(", ") })] : known;
}

/** Return a text with its placeholders filled. */
function filled(text, found) {
  return text.replace(/\{(\w+)\}/g, (_, name) => found[name]);
}

/** Write values into the elements that name them, and take out the elements that have none. */
function fill(root, found) {
  root.querySelectorAll("[data-if]").forEach((element) => {
    if (!found[element.dataset.if]) element.remove();
  });
  root.querySelectorAll("[data-slot]").forEach((element) => {
    const { slot } = element.dataset;
    const value = found[slot];
    if (!value || !value.length) {
      (element.closest(`[data-part="${slot}"]`) || element).remove();
    } else if (Array.isArray(value)) {
      fillList(element, value);
    } else {
      element.textContent = value;
      if (element.tagName === "A") element.href = `tel:${value.replace(/[^+\d]/g, "")}`;
    }
  });
}

function fillList(list, texts) {
  const first = list.firstElementChild;
  texts.forEach((text) => {
    const item = first.cloneNode();
    item.textContent = text;
    list.append(item);
  });
  first.remove();
}
