/** Asks the API whom the filters find, and hides the others. The cards themselves were built with the page. */
import { allRows, type ListQuery } from "therapy-practice-client";
import { only } from "../elements";
import { api } from "../practice";

const form = only("#filters", HTMLFormElement);
const found = only("#found", HTMLOutputElement);
const cards = [...document.querySelectorAll<HTMLElement>("#therapists > li")];
let underWay = new AbortController();

/** The names of the fields are those of the API's filters, and their values come from it. */
function chosen(): ListQuery<"/therapists/"> {
  const data = new FormData(form);
  const given = Object.fromEntries(
    [...data].filter(([name, value]) => value !== "" && name !== "accepts_clients"),
  );
  return { ...given, ...(data.has("accepts_clients") && { accepts_clients: true }) };
}

async function narrow(): Promise<void> {
  underWay.abort(); // its answer would come after a newer question
  const { signal } = (underWay = new AbortController());
  try {
    const rows = await allRows(api, "/therapists/", chosen(), { signal });
    show(new Set(rows.map((row) => String(row.id))));
  } catch {
    if (!signal.aborted) found.textContent = "The filters cannot be reached at the moment. Please try again.";
  }
}

function show(ids: Set<string>): void {
  for (const card of cards) card.hidden = !ids.has(card.dataset["id"] ?? "");
  const shown = cards.filter((card) => !card.hidden).length;
  found.textContent = `${shown} of ${cards.length} therapists`;
}

form.hidden = false;
form.addEventListener("change", narrow);
form.addEventListener("reset", () => setTimeout(narrow));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void narrow();
});
