// Asks a running site for lists by two values of one parameter, as two generated clients send them.
// Prints whom each of them was given.

import createClient from "openapi-fetch";
import type { paths } from "../../../.local/node/generated/api";
import { listTherapies, listTherapists } from "../../../.local/node/generated/hey-api";
import { client } from "../../../.local/node/generated/hey-api/client.gen";

declare const process: { argv: string[] };

const baseUrl = process.argv[2] ?? "";

function titles(list: { items: { title?: string }[] } | undefined): string[] {
  return (list?.items ?? []).map((row) => row.title ?? "");
}

async function withOpenapiFetch(): Promise<string[]> {
  const { GET } = createClient<paths>({ baseUrl });
  const therapists = await GET("/therapists/", { params: { query: { format: ["video", "phone"] } } });
  const therapies = await GET("/therapies/", {
    params: { query: { family: ["psychodynamic", "interpersonal"], fields: ["title", "family"] } },
  });
  return [...titles(therapists.data), ...titles(therapies.data)];
}

async function withHeyApi(): Promise<string[]> {
  client.setConfig({ baseUrl });
  const therapists = await listTherapists({ query: { format: ["video", "phone"] } });
  const therapies = await listTherapies({
    query: { family: ["psychodynamic", "interpersonal"], fields: ["title", "family"] },
  });
  return [...titles(therapists.data), ...titles(therapies.data)];
}

Promise.all([withOpenapiFetch(), withHeyApi()]).then((found) => console.log(JSON.stringify(found)));
