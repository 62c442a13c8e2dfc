// Asking the server for an answer as HTML, and telling apart what can go wrong on the way.

const REFUSED = 422; // an answer, too: it says in words what is wrong with the question

/** Return a promise of the section with the answer and the hash of its campaign; it fails with a `kind`: "network" or "service". */
export function fetchAnswer(url, signal) {
  return fetch(url, { signal, credentials: "same-origin" })
    .catch((error) => {
      throw error.name === "AbortError" ? error : failure("network");
    })
    .then((response) => {
      if (!response.ok && response.status !== REFUSED) throw failure("service");
      const campaign = response.headers.get("X-Campaign-Hash");
      return response.text().then((text) => ({ section: sectionOf(text), campaign }));
    });
}

function sectionOf(text) {
  const template = document.createElement("template");
  template.innerHTML = text;
  const section = template.content.getElementById("answer");
  if (!section) throw failure("service");
  return section;
}

function failure(kind) {
  const error = new Error(`The question was not answered: ${kind}`);
  error.kind = kind;
  return error;
}
