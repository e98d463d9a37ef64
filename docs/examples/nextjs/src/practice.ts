/** What this site reads of the practice. It is kept until a webhook names something that it is made of. */
import { cacheLife, cacheTag } from "next/cache";
import { createPracticeClient, everyRow, isProblem, type Page, read, surrogateKeys } from "therapy-practice-client";

/** Named with every change: for an answer that does not say what it is made of, or of more than Next keeps. */
const ANY_CHANGE = "html";
const MOST_TAGS = 128;

/** Only for functions that “use cache”. */
const practice = createPracticeClient({
  baseUrl: process.env["PRACTICE_API"] ?? "",
  fetch: async (request, init) => {
    const answer = await fetch(request, init);
    const keys = surrogateKeys(answer);
    cacheTag(...(keys.length > 0 && keys.length <= MOST_TAGS ? keys : [ANY_CHANGE]));
    return answer;
  },
});

export async function readSite() {
  "use cache";
  cacheLife("days"); // what it says of replies is counted anew each day
  return read(practice.GET("/site/"));
}

export async function listTherapies() {
  "use cache";
  cacheLife("max");
  const rows = [];
  for await (const { id, title, summary, meta } of everyRow(practice, "/therapies/")) {
    rows.push({ id, title, summary, slug: meta.slug });
  }
  return rows;
}

/** The public page at a path of the practice; null where there is none. */
export async function findPage(path: string): Promise<Page | null> {
  "use cache";
  cacheLife("max");
  try {
    const found = await read(practice.GET("/pages/find/", { params: { query: { html_path: path } } }));
    return found.type === "redirect" ? null : found;
  } catch (caught) {
    if (isProblem(caught, "not-found")) return null;
    throw caught;
  }
}
