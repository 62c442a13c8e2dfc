// Asking the API, and telling apart what can go wrong on the way.

const REFUSED = 422;

/** Return a promise of the API's answer; it fails with a `kind`: "network", "query" or "service". */
export function fetchAnswer(url, signal) {
  return fetch(url, { signal })
    .catch((error) => {
      if (error.name === "AbortError") throw error;
      throw failure("network");
    })
    .then((response) => {
      if (response.ok) return response.json();
      throw failure(response.status === REFUSED ? "query" : "service");
    });
}

function failure(kind) {
  const error = new Error(`The question was not answered: ${kind}`);
  error.kind = kind;
  return error;
}
