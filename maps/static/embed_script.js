// The line of script on other sites: puts the finder's frame where it stands itself, as high as its content.
//
// <script src="https://…/embed.js" data-language="kk" data-precinct="123" async></script>

(() => {
  const TITLES = __TITLES__;
  const FIRST_HEIGHT = 640; // pixels, until the frame says how high it is
  const PATIENCE_MS = 5000;

  const own = document.currentScript;
  if (!own || !own.parentNode || own.parentNode === document.head) return;
  const { origin } = new URL(own.src);
  const { language, precinct, q } = own.dataset;
  const shown = [language, document.documentElement.lang.slice(0, 2), "kk"].find((code) => code in TITLES);

  const query = new URLSearchParams();
  if (/^\d{1,6}$/.test(precinct || "")) query.set("precinct", precinct);
  if (q) query.set("q", q);
  const asked = query.toString();

  const frame = document.createElement("iframe");
  frame.title = own.dataset.title || TITLES[shown];
  frame.loading = "lazy";
  // Properties, not an attribute: a policy against inline styles allows them.
  Object.assign(frame.style, { display: "block", width: "100%", height: `${FIRST_HEIGHT}px`, border: "0" });
  frame.src = `${origin}/${shown}/embed${asked ? `?${asked}` : ""}`;

  const link = document.createElement("a");
  link.href = `${origin}/${shown}/`;
  link.textContent = TITLES[shown];

  let hasSpoken = false;
  window.addEventListener("message", ({ source, origin: sender, data }) => {
    if (source !== frame.contentWindow || sender !== origin || !data) return;
    const { finderHeight } = data;
    if (!Number.isFinite(finderHeight) || finderHeight <= 0) return;
    hasSpoken = true;
    frame.style.height = `${Math.ceil(finderHeight)}px`;
    link.remove();
  });

  // A frame that stays silent may have been refused: then a link leads to the finder.
  frame.addEventListener("load", () => {
    setTimeout(() => {
      if (!hasSpoken) frame.insertAdjacentElement("afterend", link);
    }, PATIENCE_MS);
  }, { once: true });

  own.insertAdjacentElement("afterend", frame);
})();
