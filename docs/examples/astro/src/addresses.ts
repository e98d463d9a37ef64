/** The API gives whole addresses, on the practice's own site. Here the same pages stand at the same paths. */
import { pairs, paths, site } from "./content";

/** The path of a page of the practice's; null for any other address. */
export function pathOf(url: string): string | null {
  return url.startsWith(site.root_url) ? `/${url.slice(site.root_url.length)}` : null;
}

const ours = new Set([...paths.map((row) => row.path), ...pairs.map((pair) => pathOf(pair.url))]);

/** Where this site shows a page of the practice's. Any other address stays as it is. */
export function here(url: string): string {
  const path = pathOf(url);
  return path && ours.has(path.replace(/[?#].*/, "")) ? path : url;
}

/** The same for each link in a piece of rich text. */
export function linkedHere(html: string): string {
  return html.replace(/(?<=<a href=")[^"]+/g, here);
}
