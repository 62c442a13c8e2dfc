// Fetching the map's data. A layer that fails is left out and reported; the rest of the page goes on.

const requested = new Map();

/** Return a promise of the JSON at a URL; a URL is fetched once. */
export function fetchJson(url) {
  if (!requested.has(url)) {
    requested.set(
      url,
      fetch(url).then((response) => {
        if (!response.ok) throw new Error(`${url}: ${response.status}`);
        return response.json();
      }),
    );
  }
  return requested.get(url);
}

/** Fetch JSON and draw it; what goes wrong is a warning in the console. */
export function drawFetched(url, draw) {
  return fetchJson(url)
    .then(draw)
    .catch((error) => console.warn("A layer of the map is missing:", error));
}

const dark = window.matchMedia("(prefers-color-scheme: dark)");

/** Return whether the page is dark. */
export function isDark() {
  return dark.matches;
}

/** Call back whenever the page turns dark or light. */
export function onSchemeChange(callback) {
  // Safari before version 14 knows the older name only.
  if (dark.addEventListener) dark.addEventListener("change", callback);
  else dark.addListener(callback);
}
