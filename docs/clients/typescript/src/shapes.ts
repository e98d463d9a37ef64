import type { components } from "./schema.js";

/** Everything that the API describes, by its name. */
export type Shapes = components["schemas"];

/** A page of any type: `page.type` tells which. */
export type Page = Shapes["Page"];

/** A block of any page's body: `block.type` tells which. */
export type Block = Extract<Page, { body: unknown }>["body"][number];

/** What `*` leaves out of lists, because it changes with other pages: it comes where it is named. */
type NamedOnly = "parent" | "breadcrumbs" | "children" | "seo";

/** A row that was asked for with `fields=*`: nothing is missing but what has to be named, and was not. */
export type Whole<Row, Named = never> = Row extends { meta: infer Meta }
  ? Required<Omit<Row, "meta">> & { meta: Required<Omit<Meta, Exclude<NamedOnly, Named>>> }
  : Required<Row>;
