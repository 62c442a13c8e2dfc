// Cards of stations, built from what the map knows; names and addresses are text, never markup.

/** Return the card of a station: numbers, mark, name, address, hours, links to its precincts' pages. */
export function stationCard({ numbers, name, address, hours }, mark, words) {
  const card = document.createElement("div");
  card.className = "station-card";
  const heading = add(card, "p", "", "numbers");
  numbers.forEach((number) => {
    const link = add(heading, "a", numberText(number, words), "");
    link.href = precinctUrl(number);
    link.title = words.details;
    openOutside(link);
    heading.append(" ");
  });
  if (mark) add(heading, "span", mark, "mark");
  add(card, "p", name, "name");
  if (address) add(card, "p", address, "");
  if (hours) add(card, "p", `${words.hours} ${hours}`, "");
  return card;
}

/** Return a precinct's number in words. */
export function numberText(number, words) {
  return words.number.replace("{number}", number);
}

/** Return the address of a precinct's page in the language of this page. */
export function precinctUrl(number) {
  return `/${document.documentElement.lang}/precinct/${number}`;
}

/** Let a link leave the frame of another's page, where our pages are not shown. */
function openOutside(link) {
  if (window.parent === window) return;
  link.target = "_blank";
  link.rel = "noopener";
}

function add(parent, tag, text, className) {
  const part = document.createElement(tag);
  part.textContent = text;
  if (className) part.className = className;
  parent.append(part);
  return part;
}
