// The finder inside a frame of another site: tells its height, and answers without leaving the frame.

const { body } = document;
const embed = window.location.pathname;
const DECIMALS = 6;

/** Tell the site around how high the page is; nothing else is told to anybody. */
function tellHeight() {
  const finderHeight = Math.ceil(body.getBoundingClientRect().height);
  window.parent.postMessage({ finderHeight }, "*");
}

/** Let a link or form that asks the finder ask it here. */
function stayHere(asking) {
  asking.target = "_self";
  if (asking.tagName === "FORM") asking.action = embed;
  else asking.href = embed + new URL(asking.href).search;
}

if (window.parent !== window) {
  tellHeight();
  if ("ResizeObserver" in window) new ResizeObserver(tellHeight).observe(body);
  window.addEventListener("load", tellHeight);
  window.addEventListener("resize", tellHeight);
}

document.querySelectorAll("#answer [data-find]").forEach(stayHere);
// A new tab for a telephone would stay empty; a place in this page needs none.
document.querySelectorAll('a[href^="tel:"], a[href^="#"]').forEach((link) => {
  link.target = "_self";
});

document.addEventListener("map:point", ({ detail: { lat, lon } }) => {
  const query = new URLSearchParams({ lat: lat.toFixed(DECIMALS), lon: lon.toFixed(DECIMALS) });
  window.location.assign(`${embed}?${query}`);
});

// Who asked here goes on reading at the answer; who only came upon the frame is not drawn into it.
const answer = document.getElementById("answer");
const askedHere = document.referrer && new URL(document.referrer).pathname === embed;
if (askedHere && answer && answer.dataset.answer) answer.focus({ preventScroll: true });
