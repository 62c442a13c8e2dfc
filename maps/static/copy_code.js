// Buttons that copy a text on the page; without this script the text is marked and copied by hand.

document.querySelectorAll("button[data-copies]").forEach((button) => {
  const field = document.getElementById(button.dataset.copies);
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    field.focus();
    field.select();
    const copying = navigator.clipboard
      ? navigator.clipboard.writeText(field.value)
      : Promise.resolve(document.execCommand("copy"));
    copying.then(
      () => {
        button.textContent = button.dataset.done;
        field.addEventListener("blur", () => {
          button.textContent = label;
        }, { once: true });
      },
      // It stays marked: the reader copies it.
      () => {},
    );
  });
});
