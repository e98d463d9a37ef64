import createClient, { type Client } from "openapi-fetch";
import { type Fetch, type Retries, withRetries } from "./retries.js";
import type { paths } from "./schema.js";

/** Knows each address, parameter and answer of the API: `practice.GET("/therapies/", …)`. */
export type PracticeClient = Client<paths>;

export interface PracticeOptions {
  /** Where the API answers, such as `https://www.example.org/api/v2`. */
  baseUrl: string;
  /** How often, and how patiently, a request is sent again. `false`: never. */
  retries?: Partial<Retries> | false;
  /** What sends the requests, in place of the global `fetch`. */
  fetch?: Fetch;
}

export function createPracticeClient({ baseUrl, retries = {}, fetch }: PracticeOptions): PracticeClient {
  const send: Fetch = fetch ?? ((request, init) => globalThis.fetch(request, init));
  return createClient<paths>({
    baseUrl,
    fetch: retries === false ? send : withRetries(send, retries),
    // ?format=video,phone: one spelling of a list, so that caches keep one answer.
    querySerializer: { array: { style: "form", explode: false } },
  });
}
