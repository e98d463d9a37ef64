/*
 * In a preview: leads from what is shown to its field in the editor.
 *
 * Each element with `data-edit-url` opens that address: by a click on it, or by a link of its own in the
 * navigation “Edit this page”, which the tab key reaches and a screen reader lists. The links stand apart from
 * the page, whose elements may belong to a framework. Beside the editor, in its preview panel, the field opens
 * there (`edit_field.js`), and else in a new tab.
 */

(() => {
  const MARKED = "[data-edit-url]";
  const INTERACTIVE = "a, button, input, label, select, summary, textarea, [contenteditable]";
  const isBesideEditor = window.parent !== window;
  const links = [...document.querySelectorAll("[data-edit-links]")].pop();

  // A front end may put the bar into its page again: only the last of these scripts goes on.
  const END = "edit-links:end";
  document.dispatchEvent(new Event(END));
  const ended = new AbortController();
  const { signal } = ended;
  document.addEventListener(END, () => ended.abort(), { once: true });

  function open(url) {
    if (isBesideEditor) {
      // Any admin may hear the name of a field: it says nothing of what is in it.
      window.parent.postMessage({ editField: url.slice(url.indexOf("#")) }, "*");
    } else {
      window.open(url, "_blank", "noopener");
    }
  }

  /* Without an editor to open, a page that was never saved, there is nothing to lead to. */
  const leadsSomewhere = (url) => isBesideEditor || !url.startsWith("#");

  function place(link, element) {
    const box = element.getBoundingClientRect();
    links.style.setProperty("--edit-block-start", `${box.top + window.scrollY}px`);
    links.style.setProperty("--edit-inline-start", `${box.left + window.scrollX}px`);
    links.style.setProperty("--edit-block-size", `${box.height}px`);
    links.style.setProperty("--edit-inline-size", `${box.width}px`);
    clear();
    link.setAttribute("data-shown", "");
  }

  function clear() {
    links.querySelector("[data-shown]")?.removeAttribute("data-shown");
  }

  const linkOf = new Map();

  function linkTo(element) {
    const link = document.createElement("a");
    const [label, words] = [document.createElement("span"), document.createElement("span")];
    label.textContent = links.dataset.label;
    words.textContent = `: ${element.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}`;
    link.append(label, words);
    link.href = element.dataset.editUrl;
    link.target = "_blank";
    link.rel = "noopener";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(element.dataset.editUrl);
    });
    link.addEventListener("focus", () => {
      element.scrollIntoView({ block: "nearest" });
      place(link, element);
    });
    return link;
  }

  let shown = "";

  function refresh() {
    const marked = [...document.querySelectorAll(MARKED)].filter((one) => leadsSomewhere(one.dataset.editUrl));
    const now = marked.map((one) => `${one.dataset.editUrl} ${one.textContent}`).join("\n");
    if (now === shown && marked.every((one) => linkOf.has(one))) return;
    shown = now;
    linkOf.clear();
    for (const element of marked) linkOf.set(element, linkTo(element));
    links.replaceChildren(...linkOf.values());
    links.hidden = marked.length === 0;
  }

  function follow(event) {
    const element = event.target.closest?.(MARKED);
    if (linkOf.has(element)) place(linkOf.get(element), element);
    else if (!links.contains(event.target) && !links.contains(document.activeElement)) clear();
  }

  function openClicked(event) {
    const element = event.target.closest?.(MARKED);
    const isForSomethingElse = event.target.closest?.(INTERACTIVE) || !window.getSelection().isCollapsed;
    if (linkOf.has(element) && !isForSomethingElse && !event.defaultPrevented) open(element.dataset.editUrl);
  }

  document.addEventListener("pointerover", follow, { signal });
  document.addEventListener("click", openClicked, { signal });
  // A front end may show the page later than this, and anew.
  const observer = new MutationObserver((changes) => {
    if (changes.some((change) => !links.contains(change.target))) refresh();
  });
  signal.addEventListener("abort", () => observer.disconnect());
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-edit-url"] });
  refresh();
})();
