// The part of the page that holds the answer: puts a new one in, and tells those who do not see it.

const panel = document.getElementById("answer");
const status = document.getElementById("status");
const input = document.getElementById("q");

/** The campaign that the page was made from. */
export const { campaign } = panel.dataset;

/** Show that an answer is on its way. The room for it is made now, while the reader's own touch moves the page. */
export function wait(words) {
  document.documentElement.dataset.state = "asking";
  panel.closest("main").classList.add("answered", "asked");
  panel.setAttribute("aria-busy", "true");
  status.textContent = status.dataset[words];
}

/** Stop waiting without an answer. */
export function stopWaiting() {
  document.documentElement.dataset.state = "answered";
  panel.removeAttribute("aria-busy");
  status.textContent = "";
}

/** Put a section with an answer in the place of the former one. */
export function show(section, { focus }) {
  ["data-answer", "data-selection", "data-place", "aria-labelledby"].forEach((name) => panel.removeAttribute(name));
  Array.from(section.attributes).forEach(({ name, value }) => panel.setAttribute(name, value));
  fill(section.childNodes, focus);
  panel.closest("main").classList.toggle("answered", "answer" in panel.dataset);
  document.title = panel.dataset.title;
  input.value = panel.dataset.typed;
  input.dataset.chosen = panel.dataset.typed;
  input.dataset.place = panel.dataset.place || "";
  document.documentElement.dataset.state = "answered";
  select(panel.dataset.selection ? JSON.parse(panel.dataset.selection) : null);
}

/** Show one of the page's own messages in the place of an answer. */
export function showMessage(id, { focus }) {
  ["data-answer", "data-selection"].forEach((name) => panel.removeAttribute(name));
  panel.setAttribute("aria-labelledby", "answer-title");
  panel.closest("main").classList.add("answered");
  fill(document.getElementById(id).content.cloneNode(true).childNodes, focus);
  const title = panel.querySelector("#answer-title").textContent;
  document.title = `${title}: ${document.querySelector(".home").textContent}`;
  document.documentElement.dataset.state = "failed";
  select(null);
}

function fill(nodes, focus) {
  panel.textContent = "";
  panel.append(...Array.from(nodes));
  panel.removeAttribute("aria-busy");
  const title = panel.querySelector("#answer-title");
  // With the focus goes the voice of a screen reader; where it stays elsewhere, the status speaks.
  status.textContent = title && !focus ? title.textContent.replace(/\s+/g, " ").trim() : "";
  if (focus) panel.focus({ preventScroll: true });
  if (title) bringIntoView();
}

function bringIntoView() {
  const { top } = panel.getBoundingClientRect();
  if (top >= 0 && top < window.innerHeight * 0.6) return;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  panel.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
}

function select(selection) {
  document.dispatchEvent(new CustomEvent("answer:selection", { detail: selection }));
}
