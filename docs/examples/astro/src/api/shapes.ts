/** Short names for what the API gives. Everything here comes from its description. */
import type { components } from "./schema";

export type Shapes = components["schemas"];

export type Page = Exclude<Shapes["FoundPage"], { type: "redirect" }>;
export type Block = Extract<Page, { body: unknown }>["body"][number];
export type Therapist = Whole<Shapes["TherapistPageRow"]>;

export type Listing<Row> = { items: Row[]; meta: Shapes["ListMeta"] };

/** A row that was asked for with `fields=*`: nothing of it is missing. */
export type Whole<Row extends { meta: object }> = Required<Omit<Row, "meta">> & {
  meta: Required<Row["meta"]>;
};
