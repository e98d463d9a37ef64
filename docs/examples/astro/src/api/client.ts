import { PRACTICE_API } from "astro:env/client";
import createClient from "openapi-fetch";
import type { paths } from "./schema";
import type { Listing, Whole } from "./shapes";

/** The one door to the practice, for the build and for visitors' browsers. */
export const api = createClient<paths>({
  baseUrl: PRACTICE_API,
  querySerializer: { array: { style: "form", explode: false } }, // ?format=video,phone
});

/** The answer, or an error that stops the build and says what the API said. */
export async function read<Answer>(
  asked: Promise<{ data?: Answer; error?: { title: string; detail?: string }; response: Response }>,
): Promise<Answer> {
  const { data, error, response } = await asked;
  if (data === undefined)
    throw new Error(`${response.url}: ${error?.detail ?? error?.title ?? response.status}`);
  return data;
}

type Paging = { limit: number; offset: number };

/** Every row of a list, fifty rows at a time. */
export async function everyRow<Row>(list: (paging: Paging) => Promise<Listing<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const { items, meta } = await list({ limit: 50, offset: rows.length });
    rows.push(...items);
    if (items.length === 0 || rows.length >= meta.total_count) return rows;
  }
}

/** Every row of a list with all its fields. The types cannot know that `*` leaves nothing out: we say so here. */
export async function readAll<Row extends { meta: object }>(
  list: (query: Paging & { fields: ["*"] }) => Promise<Listing<Row>>,
): Promise<Whole<Row>[]> {
  const rows: unknown[] = await everyRow((paging) => list({ ...paging, fields: ["*"] }));
  return rows as Whole<Row>[];
}
