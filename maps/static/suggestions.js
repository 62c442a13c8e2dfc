// Suggestions while an address is typed: a combobox with a listbox (ARIA Authoring Practices).

import { holdsPersonalNumber } from "./personal.js";

const PAUSE_MS = 120;
const SHORTEST = 2;
const MOST = 8;

class Combobox {
  constructor(input) {
    this.input = input;
    this.list = document.getElementById(input.getAttribute("aria-controls"));
    this.options = [];
    this.active = -1;
    this.timer = null;
    this.asked = null;
    input.dataset.chosen = input.value;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.askSoon());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.close());
    // The box keeps the focus while an option is pressed.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.options.indexOf(option));
    });
    input.form.addEventListener("submit", () => this.close());
    document.addEventListener("submit", (event) => event.target === input.form && this.namePlace(), true);
  }

  /** The id of the place that was chosen, as long as the text still begins with it. */
  get place() {
    const { place, chosen } = this.input.dataset;
    return place && chosen && this.input.value.startsWith(chosen) ? place : "";
  }

  askSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  ask() {
    if (this.asked) this.asked.abort();
    const { value, dataset } = this.input;
    if (value.trim().length < SHORTEST || holdsPersonalNumber(value)) {
      this.close();
      return;
    }
    this.asked = new AbortController();
    const query = new URLSearchParams({ q: value, lang: dataset.lang, limit: MOST });
    const rest = this.place ? value.slice(dataset.chosen.length) : "";
    if (this.place && /^\s*,/.test(rest)) {
      query.set("place", this.place);
      query.set("q", rest.replace(/^[\s,]+/, ""));
    }
    fetch(`${dataset.suggest}?${query}`, { signal: this.asked.signal })
      .then((response) => (response.ok ? response.json() : { suggestions: [] }))
      .then(({ suggestions }) => this.open(suggestions))
      // Without suggestions the box works as it does without scripts.
      .catch(() => {});
  }

  open(suggestions) {
    this.list.textContent = "";
    this.active = -1;
    this.options = suggestions.map((suggestion, index) => this.option(suggestion, index));
    this.list.append(...this.options);
    this.input.removeAttribute("aria-activedescendant");
    this.setOpen(this.options.length > 0 && document.activeElement === this.input);
    this.count();
  }

  option({ text, label, place, house }, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    Object.assign(option.dataset, { text, place, house: house || "" });
    const name = document.createElement("span");
    name.textContent = text;
    option.append(name);
    if (label.startsWith(text) && label !== text) {
      const apart = document.createElement("span");
      apart.className = "apart";
      apart.textContent = label.slice(text.length).replace(/^\s*\(|\)$/g, "");
      option.append(" ", apart);
    }
    return option;
  }

  count() {
    const status = document.getElementById("status");
    const { count } = this.input.dataset;
    if (status && count) status.textContent = this.options.length ? count.replace("{count}", this.options.length) : "";
  }

  setOpen(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.timer);
    if (this.asked) this.asked.abort();
    this.activate(-1);
    this.setOpen(false);
  }

  onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.ask();
      else this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.choose(this.active);
    }
  }

  /** Go to the next option or the one before; beyond the last and the first one lies the box itself. */
  move(step) {
    const places = this.options.length + 1;
    this.activate(((this.active + 1 + step + places) % places) - 1);
  }

  activate(index) {
    if (this.options[this.active]) this.options[this.active].setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.options[index];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  /** Take an option: a house is asked for, of a place the houses are suggested. */
  choose(index) {
    const { text, place, house } = this.options[index].dataset;
    this.input.dataset.place = place;
    this.input.dataset.chosen = text;
    this.input.value = house ? text : `${text}, `;
    this.close();
    this.input.focus();
    if (house) this.input.form.querySelector("[type=submit]").click();
    else this.ask();
  }

  /** Let the form say which place was chosen. */
  namePlace() {
    let field = this.input.form.querySelector("input[name=place]");
    if (!this.place) {
      if (field) field.remove();
      return;
    }
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "place";
      this.input.form.append(field);
    }
    field.value = this.place;
  }
}

document.querySelectorAll("input[data-suggest]").forEach((input) => new Combobox(input));
