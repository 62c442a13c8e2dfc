// The sign of a polling station: a ballot-box pin with the numbers that vote there.

const SHOWN = 2;

/** An icon with a name for those who do not see it; Leaflet's "alt" reaches pictures only. */
export const NamedIcon = L.DivIcon.extend({
  createIcon(old) {
    const element = L.DivIcon.prototype.createIcon.call(this, old);
    element.setAttribute("aria-label", this.options.label);
    return element;
  },
});

/** Return the element of a pin; a mark, as that of sample data, stands under the numbers. */
export function pin(numbers, mark = null) {
  const box = document.createElement("span");
  box.className = "pin";
  const rest = numbers.length - SHOWN;
  box.textContent = numbers.slice(0, SHOWN).join(", ") + (rest > 0 ? ` +${rest}` : "");
  if (mark) {
    const small = document.createElement("small");
    small.textContent = mark;
    box.append(small);
  }
  return box;
}
