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
