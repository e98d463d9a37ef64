import type { PracticeClient } from "./client.js";
import { read } from "./problems.js";
import type { paths } from "./schema.js";
import type { Whole } from "./shapes.js";

interface Listing<Row> {
  items: Row[];
  meta: { total_count: number };
}

interface Listed<Row> {
  get: {
    parameters: { query?: { limit?: number; offset?: number } };
    responses: { 200: { content: { "application/json": Listing<Row> } } };
  };
}

/** The addresses that give a list page by page. */
export type ListPath = {
  [Path in keyof paths]: paths[Path] extends Listed<unknown> ? Path : never;
}[keyof paths];

/** What a list may be asked for, but where it begins. */
export type ListQuery<Path extends ListPath> = ReadOnly<
  Omit<NonNullable<paths[Path]["get"]["parameters"]["query"]>, "limit" | "offset">
>;

/** Lists of values that are read only: so the compiler keeps `["*"]` apart from any other list. */
type ReadOnly<Query> = { [Name in keyof Query]: Query[Name] extends (infer Value)[] | undefined ? readonly Value[] : Query[Name] };

type RowIn<Path extends ListPath> = paths[Path] extends Listed<infer Row> ? Row : never;

/** A row of a list. With `fields: ["*"]` nothing of it is missing, nor what is named after it. */
export type RowOf<Path extends ListPath, Query = object> = Query extends { fields: readonly ["*", ...infer Named] }
  ? Whole<RowIn<Path>, Named[number]>
  : RowIn<Path>;

/** As many as the API gives in one answer. */
const AT_ONCE = 50;

/** Every row of a list, as it is needed: `for await (const therapist of everyRow(practice, "/therapists/", { format: ["video"] }))`. */
export async function* everyRow<Path extends ListPath, const Query extends ListQuery<Path>>(
  practice: PracticeClient,
  path: Path,
  query?: Query,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<RowOf<Path, Query>, void, undefined> {
  // The compiler cannot follow a path that it does not know; whoever calls has had it checked.
  const get = practice.GET as unknown as (
    path: Path,
    init: object,
  ) => Promise<{ data?: Listing<RowOf<Path, Query>>; error?: unknown; response: Response }>;
  for (let offset = 0; ; ) {
    const page = { ...query, limit: AT_ONCE, offset };
    const { items, meta } = await read(get(path, { params: { query: page }, ...options }));
    yield* items;
    offset += items.length;
    if (items.length === 0 || offset >= meta.total_count) return;
  }
}

/** The same as one array, for where it is all needed at once. */
export async function allRows<Path extends ListPath, const Query extends ListQuery<Path>>(
  practice: PracticeClient,
  path: Path,
  query?: Query,
  options: { signal?: AbortSignal } = {},
): Promise<RowOf<Path, Query>[]> {
  const rows: RowOf<Path, Query>[] = [];
  for await (const row of everyRow(practice, path, query, options)) rows.push(row);
  return rows;
}
