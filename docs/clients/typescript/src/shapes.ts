import type { components } from "./schema.js";

/** Everything that the API describes, by its name. */
export type Shapes = components["schemas"];

/** A page of any type: `page.type` tells which. */
export type Page = Shapes["Page"];

/** A block of any page's body: `block.type` tells which. */
export type Block = Extract<Page, { body: unknown }>["body"][number];

/** A row that was asked for with `fields=*`: nothing of it is missing. */
export type Whole<Row> = Required<Omit<Row, "meta">> &
  (Row extends { meta: infer Meta } ? { meta: Required<Meta> } : unknown);
