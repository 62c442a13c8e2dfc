// The print button of a poster: only where the browser can print.

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = typeof window.print !== "function";
  button.addEventListener("click", () => window.print());
});
