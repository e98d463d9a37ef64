/*
 * Keeps bold and italic words where something is pasted that says so by styles, as Google Docs and Word do.
 *
 * The editor puts what is pasted into a document to read its styles, and the content security policy
 * forbids styles there: all of Google Docs' words, which stand in one <b> of normal weight, became bold.
 * Here the styles are read as text, and said again by elements before the editor reads anything.
 */

const BOLD = /font-weight:\s*(bold|[6-9]00)/i;
const NOT_BOLD = /font-weight:\s*(normal|[1-5]00)/i;
const ITALIC = /font-style:\s*(italic|oblique)/i;
const said = new WeakSet();

function wrap(element, name) {
  const wrapper = element.ownerDocument.createElement(name);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

function withElements(html) {
  const pasted = new DOMParser().parseFromString(html, "text/html");
  for (const element of pasted.querySelectorAll("[style]")) {
    const style = element.getAttribute("style");
    element.removeAttribute("style");
    if (/^(b|strong)$/i.test(element.localName) && NOT_BOLD.test(style)) {
      element.replaceWith(...element.childNodes);
      continue;
    }
    if (element.localName !== "span") continue;
    if (BOLD.test(style)) wrap(element, "strong");
    if (ITALIC.test(style)) wrap(element, "em");
  }
  return pasted.body.innerHTML;
}

document.addEventListener(
  "paste",
  (event) => {
    const html = event.clipboardData?.getData("text/html");
    const isInEditor = event.target instanceof Element && event.target.closest(".public-DraftEditor-content");
    if (said.has(event) || !isInEditor || !html?.includes("style=")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", event.clipboardData.getData("text/plain"));
    clipboardData.setData("text/html", withElements(html));
    const again = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    said.add(again);
    event.target.dispatchEvent(again);
  },
  { capture: true },
);
