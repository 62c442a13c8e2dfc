// A personal number (IIN, 12 digits) that somebody types by mistake does not leave the browser.

const LENGTH = 12;
const POSITION = /^[\s\d.,;:°'"′″NSEWnsew+-]*\d[.,]\d+[\s,;]+[-+]?\d{1,3}[.,]\d+[\s\d.,;:°'"′″NSEWnsew+-]*$/;
const TELEPHONE = /(^|\D)(?:\+?7|8)[\s(-]*7\d\d[\s)-]*\d{3}[\s-]*\d\d[\s-]*\d\d(?!\d)/g;
const RUN = /\d+(?:[\s-]{1,3}\d+)*/g;

/** Tell whether a text holds 12 digits that may be a personal number. The server looks again, and more closely. */
export function holdsPersonalNumber(text) {
  if (text.includes("://") || POSITION.test(text)) return false;
  const digits = text.replace(/[\u2010-\u2015_]/g, "-").replace(TELEPHONE, "$1 , ");
  return (digits.match(RUN) || []).some((run) => addsUp(run.match(/\d+/g).map((group) => group.length)));
}

/** Tell whether a group is as long as a personal number, or groups side by side are together. */
function addsUp(lengths) {
  return lengths.some((length, first) => {
    if (length >= LENGTH) return true;
    let total = 0;
    return lengths.slice(first).some((each) => {
      total += each;
      return total === LENGTH;
    });
  });
}

document.addEventListener(
  "submit",
  (event) => {
    const fields = Array.from(event.target.querySelectorAll("input[name=q]"));
    if (!fields.some((field) => holdsPersonalNumber(field.value))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    fields.forEach((field) => {
      field.value = "";
    });
    const typed = new CustomEvent("personal:typed", { cancelable: true });
    // A page that says nothing about it itself goes on to one that does.
    if (document.dispatchEvent(typed)) window.location.assign(`${event.target.getAttribute("action")}?personal=1`);
  },
  true,
);
