/** Asks the API whom the filters find, and hides the others. The cards themselves were built with the page. */
import { api, everyRow, read } from "../api/client";
import type { operations } from "../api/schema";
import { only } from "../elements";

type Query = NonNullable<operations["listTherapists"]["parameters"]["query"]>;

const form = only("#filters", HTMLFormElement);
const found = only("#found", HTMLOutputElement);
const cards = [...document.querySelectorAll<HTMLElement>("#therapists > li")];
let asked = 0;

/** The names of the fields are those of the API's filters, and their values come from it. */
function chosen(): Query {
  const data = new FormData(form);
  const given = Object.fromEntries(
    [...data].filter(([name, value]) => value !== "" && name !== "accepts_clients"),
  );
  return { ...given, ...(data.has("accepts_clients") && { accepts_clients: true }) } as Query;
}

async function narrow(): Promise<void> {
  const turn = ++asked; // an answer that comes after a newer question is late
  try {
    const rows = await everyRow((paging) =>
      read(api.GET("/therapists/", { params: { query: { ...chosen(), ...paging, fields: ["_"] } } })),
    );
    if (turn === asked) show(new Set(rows.map((row) => String(row.id))));
  } catch {
    found.textContent = "The filters cannot be reached at the moment. Please try again.";
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
