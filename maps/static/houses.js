// Looks for a house among those of a precinct: what is typed leaves only the streets and numbers that fit.

// Letters that a keyboard may lack stand for those that it has.
const ALIKE = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и", ё: "е" };

function folded(text) {
  return text.toLowerCase().replace(/[әғқңөұүһіё]/g, (letter) => ALIKE[letter]);
}

function words(text) {
  return folded(text).split(/[\s,;.()«»"]+/).filter(Boolean);
}

/** One street with its house numbers. */
class Street {
  constructor(element) {
    this.element = element;
    this.names = words(`${element.querySelector("h3").firstChild.textContent} ${element.dataset.also}`);
    this.houses = Array.from(element.querySelectorAll(".house-numbers li"), (item) => ({
      item,
      number: folded(item.textContent).trim(),
    }));
  }

  /** Show what fits the words, and return how many houses that are. */
  show(asked) {
    const isName = (word) => this.names.some((name) => name.startsWith(word));
    // What is no name begins with a digit: it is a house number.
    const numbers = asked.filter((word) => !isName(word));
    const fits = numbers.every((word) => /^\d/.test(word)) && numbers.length <= 1;
    let count = 0;
    this.houses.forEach(({ item, number }) => {
      item.hidden = !(fits && numbers.every((word) => number.startsWith(word)));
      if (!item.hidden) count += 1;
    });
    this.element.hidden = count === 0;
    return count;
  }
}

function start(search) {
  const streets = Array.from(document.querySelectorAll(".street"), (element) => new Street(element));
  const field = search.querySelector("input");
  const status = search.querySelector("[role=status]");
  const show = () => {
    const asked = words(field.value);
    const count = streets.reduce((sum, street) => sum + street.show(asked), 0);
    const { found, none } = status.dataset;
    const shown = count.toLocaleString(document.documentElement.lang);
    status.textContent = asked.length === 0 ? "" : (count ? found : none).replace("{count}", shown);
  };
  field.addEventListener("input", show);
  search.hidden = false;
  // A field that the browser filled in again after going back.
  if (field.value) show();
}

document.querySelectorAll("[data-houses-search]").forEach(start);
