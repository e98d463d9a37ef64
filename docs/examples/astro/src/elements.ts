/** For what runs in the browser: elements that the page is known to have. */

export function only<Kind extends HTMLElement>(
  selector: string,
  kind: new () => Kind,
  within: ParentNode = document,
): Kind {
  const element = within.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`${selector} is not on this page.`);
  return element;
}

/** What a `<template>` of the page holds, as a new element. */
export function copyOf(template: string): HTMLElement {
  const copy = only(template, HTMLTemplateElement).content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new Error(`${template} is empty.`);
  return copy;
}

/** Words go in as text, never as HTML. */
export function fill(within: ParentNode, words: Record<string, string | null>): void {
  for (const [selector, text] of Object.entries(words)) {
    const element = only(selector, HTMLElement, within);
    element.textContent = text;
    element.hidden = !text;
  }
}
