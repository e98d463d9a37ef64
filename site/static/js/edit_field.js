/*
 * Opens one field of the page editor: the one that the address names, and each that a preview asks for.
 *
 * Wagtail itself opens the tab of a field that stands in the fragment as the page loads, and scrolls there. This
 * also does it for an editor that is open, opens sections that are folded, finds lists of rows, and moves the
 * focus into the field.
 */

const FRAGMENT = "#:w:contentpath=";
const FOCUSABLE =
  "[contenteditable=true], input:not([type=hidden], [disabled]), select:not([disabled]), textarea:not([disabled]), button";
/* In milliseconds: how long a tab may take to appear. */
const LONGEST = 2000;

function fieldIn(fragment) {
  if (!fragment.startsWith(FRAGMENT)) return null;
  const names = decodeURIComponent(fragment.slice(FRAGMENT.length)).split(".");
  return document.querySelector(names.map((name) => `[data-contentpath="${CSS.escape(name)}"]`).join(" "));
}

function openTab(field) {
  const tab = field.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][aria-controls="${tab.id}"]`)?.click();
}

function unfold(place) {
  const around = [];
  for (let one = place; one; one = one.parentElement?.closest("[data-panel]")) around.push(one);
  for (const one of around) {
    const toggle = one.querySelector("[data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  }
}

/* In a narrow window the preview lies over the editor. */
function uncover(place) {
  const panel = document.querySelector("[data-form-side]");
  const isCovered = panel && panel.getBoundingClientRect().left <= place.getBoundingClientRect().left;
  if (isCovered) panel.querySelector("[data-form-side-close-button]")?.click();
}

async function isShown(element) {
  const until = performance.now() + LONGEST;
  while (!element.checkVisibility() && performance.now() < until) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return element.checkVisibility();
}

async function open(fragment) {
  const field = fieldIn(fragment);
  // A list of rows is marked by an element that is never seen.
  const place = field?.matches("template") ? field.closest("[data-panel]") : field;
  if (!place) return;
  openTab(place);
  if (!(await isShown(place.closest("[role=tabpanel]") ?? place))) return;
  unfold(place);
  uncover(place);
  const rows = place.querySelector("[id$='-FORMS']") ?? place;
  const within = [...rows.querySelectorAll(FOCUSABLE)].filter((one) => one.checkVisibility());
  (within.find((one) => !one.matches("button")) ?? within[0])?.focus({ preventScroll: true });
  place.scrollIntoView({ behavior: "instant" });
}

window.addEventListener("message", (event) => {
  const asked = event.data?.editField;
  const frame = document.getElementById("w-preview-iframe");
  if (typeof asked === "string" && frame && event.source === frame.contentWindow) open(asked);
});

window.addEventListener("load", () => open(window.location.hash));
