// A strict program that uses the installed package. It is compiled, and then run to tell true webhooks from false.
import {
  createPracticeClient,
  everyRow,
  isProblem,
  type Page,
  PracticeError,
  type ProblemKey,
  read,
  type Shapes,
  verifyWebhook,
  type WebhookMessage,
} from "therapy-practice-client";

const practice = createPracticeClient({ baseUrl: "http://localhost:8000/api/v2", retries: { times: 5 } });

export async function names(signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  for await (const row of everyRow(practice, "/therapists/", { format: ["video", "phone"], fields: ["*"] }, { signal })) {
    found.push(row.title.toUpperCase(), row.meta.slug.toUpperCase(), row.fees[0]?.fee ?? "");
    // @ts-expect-error: therapists have no such member
    row.colour;
  }
  for await (const page of everyRow(practice, "/pages/", { type: ["home.InfoPage"], fields: ["*", "seo"] })) {
    found.push(page.meta.seo.title, page.title.toUpperCase());
    // @ts-expect-error: lists leave it out unless it is named
    page.meta.children;
  }
  for await (const row of everyRow(practice, "/therapies/")) {
    // @ts-expect-error: it was not asked for everything, so something may be missing
    row.body.length;
    found.push(row.title);
  }
  // @ts-expect-error: there is no such way to meet
  everyRow(practice, "/therapists/", { format: ["vidoe"] });
  // @ts-expect-error: there is no such parameter
  everyRow(practice, "/therapists/", { colour: "red" });
  // @ts-expect-error: this is no list
  everyRow(practice, "/site/");
  // @ts-expect-error: it says itself where it begins
  everyRow(practice, "/therapists/", { offset: 20 });
  return found;
}

export async function heading(path: string): Promise<string> {
  try {
    const found = await read(practice.GET("/pages/find/", { params: { query: { html_path: path } } }));
    return found.type === "redirect" ? found.redirect.location : wordsOf(found);
  } catch (caught) {
    if (isProblem(caught, "invalid-parameter")) return Object.keys(caught.problem.errors).join();
    // @ts-expect-error: there is no such problem
    if (isProblem(caught, "no-such-problem")) return "";
    // A problem of this kind names no parameter.
    // @ts-expect-error
    if (isProblem(caught, "not-found")) return caught.problem.errors;
    if (caught instanceof PracticeError) return `${caught.status} ${caught.problem?.title ?? ""}`;
    throw caught;
  }
}

function wordsOf(page: Page): string {
  return page.type === "therapies.TherapyPage" ? page.facts.map((fact) => fact.answer).join() : page.meta.seo.title;
}

export async function changed(message: WebhookMessage): Promise<string> {
  const key: ProblemKey = "too-many-requests";
  const site: Shapes["Site"] = await read(practice.GET("/site/"));
  // @ts-expect-error: not each message is about one page
  message.data.page.id;
  return `${message.data.keys.join()} ${message.data.page?.url ?? site.name} ${key}`;
}

const [secret, headers, body] = process.argv.slice(2) as [string, string, string];
console.log(await verifyWebhook(secret, new Headers(JSON.parse(headers)), body));
