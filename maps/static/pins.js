// The sign of a polling station: a ballot-box pin with the numbers that vote there.

const SHOWN = 2;

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
