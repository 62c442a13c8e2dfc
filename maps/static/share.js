// Sharing an answer: copying its link, and the menu of the device where there is one.

function reveal() {
  document.querySelectorAll("[data-share]").forEach((menu) => {
    menu.querySelector("[data-share-copy]").parentElement.hidden = false;
    menu.querySelector("[data-share-native]").parentElement.hidden = !navigator.share;
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-share-copy], [data-share-native]");
  if (!button) return;
  const { url, text } = button.closest("[data-share]").dataset;
  if ("shareNative" in button.dataset) {
    // A reader who changes their mind is no error.
    navigator.share({ title: document.title, text, url }).catch(() => {});
  } else {
    copy(url).then(() => {
      button.textContent = button.dataset.done;
      document.getElementById("status").textContent = button.dataset.done;
    });
  }
});

function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).catch(() => copyBySelection(text));
  return copyBySelection(text);
}

/** The way of browsers before 2019, and of pages without a secure connection. */
function copyBySelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done ? Promise.resolve() : Promise.reject(new Error("The link was not copied."));
}

document.addEventListener("answer:selection", reveal);
reveal();
