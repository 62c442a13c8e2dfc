// Fills the answer panel from a resolution of the API: the same words as the server writes into the page.

import { nameOf } from "./data.js";

const FACTS = ["step_free", "ground_floor", "lift", "braille", "sign_language", "parking"];
const WARNINGS = ["derived_border", "on_border", "near_border"];
const REMARKS = ["special_precinct", "nearest_precinct"];

/** Put the answer into the panel. */
export function showAnswer(panel, resolution) {
  const words = JSON.parse(panel.dataset.words);
  const template = document.getElementById(resolution.precinct ? "template-found" : "template-outside");
  const answer = template.content.cloneNode(true);
  fill(answer, values(resolution, words));
  replace(panel, answer);
}

/** Put a problem of the API, or of the way to it, into the panel. */
export function showProblem(panel) {
  const template = document.getElementById("template-problem");
  replace(panel, template.content.cloneNode(true));
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
  return {
    lead: resolution.authority === "derived" ? words.leadProbable : words.lead,
    number: precinct && words.number.replace("{number}", precinct.number),
    district: precinct && words.districts[precinct.district],
    station: station && nameOf(station.names),
    address: station && nameOf(station.address),
    hours: station && `${station.opens}–${station.closes}`,
    early: station && station.may_close_early ? words.early : null,
    phone: station && station.phone,
    facts: station && factsOf(station.accessibility, words),
    noStation: precinct && !station ? flat(["station_unknown"]) : null,
    near: flat(WARNINGS),
    remarks: flat(REMARKS),
    outside: flat(["outside"]),
    how: words.how[resolution.authority],
    registered: flat(["registered_address"]),
  };
}

/** Return what is known for people with disabilities; one remark if it is nothing at all. */
function factsOf(accessibility, words) {
  if (FACTS.every((fact) => accessibility[fact] === "unknown")) return [words.factsUnknown];
  return FACTS.map((fact) => words.facts[fact][accessibility[fact]]);
}

/** Write values into the elements that name them, and take out the elements that have none. */
function fill(root, found) {
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
