// The button that asks the device where it is, and tells the page.

import { locate } from "./location.js";

document.getElementById("locate").addEventListener("click", () => {
  tell("asked", null);
  locate().then(
    (position) => tell("found", position),
    (error) => tell("problem", { kind: error.kind }),
  );
});

function tell(what, detail) {
  document.dispatchEvent(new CustomEvent(`location:${what}`, { detail }));
}
