import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { allRows, createPracticeClient, everyRow, isProblem, PracticeError, read, surrogateKeys } from "therapy-practice-client";

const patient = { firstWait: 0.01, longestWait: 2 };
const tooMany = { type: "…/problems/too-many-requests/", key: "too-many-requests", title: "Wait a while", status: 429 };

/** What the server was asked, and what it answers next: functions, or else the whole list of therapies. */
let asked = [];
let answers = [];
let baseUrl;

const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  asked.push({ url: request.url, headers: request.headers, body });
  (answers.shift() ?? list)(request, response);
});

function json(response, status, body, headers = {}) {
  response.writeHead(status, { "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...headers });
  response.end(JSON.stringify(body));
}

function list(request, response) {
  const query = new URL(request.url, baseUrl).searchParams;
  const [limit, offset] = [Number(query.get("limit")), Number(query.get("offset"))];
  const rows = Array.from({ length: 120 }, (_, number) => ({ id: number, type: "therapies.TherapyPage", meta: {} }));
  json(response, 200, { meta: { total_count: 120 }, items: rows.slice(offset, offset + limit) });
}

const notNow = (status, headers) => (_request, response) => json(response, status, { ...tooMany, status }, headers);
const cut = (request) => request.socket.destroy();

before(async () => {
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  baseUrl = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());
beforeEach(() => ([asked, answers] = [[], []]));

test("a list of values is one parameter", async () => {
  const practice = createPracticeClient({ baseUrl });
  await practice.GET("/therapists/", { params: { query: { format: ["video", "phone"], order: ["-title"] } } });
  assert.equal(asked[0].url, "/therapists/?format=video,phone&order=-title");
});

test("every row comes once, fifty at a time, and no more is asked for than is read", async () => {
  const practice = createPracticeClient({ baseUrl });
  const rows = await allRows(practice, "/therapies/", { fields: ["*"] });
  assert.deepEqual(rows.map(({ id }) => id), Array.from({ length: 120 }, (_, number) => number));
  assert.deepEqual(asked.map(({ url }) => url.replace(/.*offset=/, "")), ["0", "50", "100"]);

  asked = [];
  for await (const row of everyRow(practice, "/therapies/")) if (row.id === 3) break;
  assert.equal(asked.length, 1);
});

test("rows that are withdrawn meanwhile do not keep it asking", async () => {
  answers = [list, (_request, response) => json(response, 200, { meta: { total_count: 120 }, items: [] })];
  const rows = everyRow(createPracticeClient({ baseUrl }), "/therapies/");
  let count = 0;
  for await (const _ of rows) count += 1;
  assert.equal(count, 50);
});

for (const [name, failure] of [
  ["too many requests", notNow(429)],
  ["a server that is away", notNow(503)],
  ["a proxy without a server", notNow(502)],
  ["a cut connection", cut],
]) {
  test(`${name}: it is asked again`, async () => {
    answers = [failure, failure];
    const { data } = await createPracticeClient({ baseUrl, retries: patient }).GET("/therapies/");
    assert.equal(data.meta.total_count, 120);
    assert.equal(asked.length, 3);
  });
}

test("it waits as long as it is asked to, in seconds or until a date", async () => {
  const practice = createPracticeClient({ baseUrl, retries: patient });
  for (const wait of [() => "1", () => new Date(Date.now() + 2000).toUTCString()]) {
    answers = [notNow(429, { "Retry-After": wait() })];
    const began = Date.now();
    await read(practice.GET("/therapies/"));
    assert.ok(Date.now() - began >= 900, `${wait}: ${Date.now() - began} ms`);
  }
});

test("it does not wait for hours, and says why", async () => {
  answers = [notNow(429, { "Retry-After": "3600" })];
  const practice = createPracticeClient({ baseUrl, retries: patient });
  await assert.rejects(read(practice.GET("/therapies/")), (caught) => {
    assert.ok(isProblem(caught, "too-many-requests") && !isProblem(caught, "not-found"));
    assert.equal(caught.status, 429);
    assert.equal(caught.response.headers.get("Retry-After"), "3600");
    return true;
  });
  assert.equal(asked.length, 1);
});

test("it gives up after some times, or at once where it is told to", async () => {
  for (const [retries, times] of [[{ ...patient, times: 2 }, 3], [false, 1]]) {
    asked = [];
    answers = Array(9).fill(notNow(503));
    const { error } = await createPracticeClient({ baseUrl, retries }).GET("/therapies/");
    assert.equal(error.key, "too-many-requests");
    assert.equal(asked.length, times);
  }
});

test("what might be done twice is sent once; with an Idempotency-Key it is sent again as it was", async () => {
  const practice = createPracticeClient({ baseUrl, retries: patient });
  answers = [notNow(503)];
  await practice.POST("/matching/suggestions/", { body: { adult: "yes" } });
  assert.equal(asked.length, 1);

  asked = [];
  answers = [cut, notNow(503), (_request, response) => json(response, 201, { outcome: "received" })];
  const key = crypto.randomUUID();
  const { data } = await practice.POST("/enquiries/", { params: { header: { "Idempotency-Key": key } }, body: { adult: "yes" } });
  assert.equal(data.outcome, "received");
  assert.deepEqual(asked.map(({ headers }) => headers["idempotency-key"]), [key, key, key]);
  assert.deepEqual(new Set(asked.map(({ body }) => body)), new Set(['{"adult":"yes"}']));
});

test("an abort ends a request, and a wait", async () => {
  const practice = createPracticeClient({ baseUrl, retries: { longestWait: 60 } });
  for (const answer of [() => {}, notNow(429, { "Retry-After": "50" })]) {
    answers = [answer];
    const began = Date.now();
    await assert.rejects(practice.GET("/therapies/", { signal: AbortSignal.timeout(100) }), { name: "TimeoutError" });
    assert.ok(Date.now() - began < 2000);
  }
  await assert.rejects(everyRow(practice, "/therapies/", {}, { signal: AbortSignal.abort() }).next(), { name: "AbortError" });
});

test("an attempt without an answer is given up, and made again", async () => {
  answers = [() => {}];
  const practice = createPracticeClient({ baseUrl, retries: { ...patient, timeout: 0.2 } });
  assert.equal((await read(practice.GET("/therapies/"))).meta.total_count, 120);
  assert.equal(asked.length, 2);
});

test("what a proxy says is no problem of the API, and tokens stay out of messages", async () => {
  answers = [(_request, response) => response.writeHead(403, { "Content-Type": "text/html" }).end("<h1>No</h1>")];
  const practice = createPracticeClient({ baseUrl });
  const draft = practice.GET("/page_preview/", { params: { query: { content_type: "home.infopage", token: "secret" } } });
  await assert.rejects(read(draft), (caught) => {
    assert.ok(caught instanceof PracticeError);
    assert.equal(caught.problem, null);
    assert.doesNotMatch(caught.message, /secret/);
    return true;
  });
});

test("what an answer is made of is read from either header", () => {
  const keys = ["all", "page-12", "type-therapies.TherapyPage"];
  assert.deepEqual(surrogateKeys(new Response("", { headers: { "Surrogate-Key": keys.join(" ") } })), keys);
  assert.deepEqual(surrogateKeys(new Response("", { headers: { "Cache-Tag": keys.join(",") } })), keys);
  assert.deepEqual(surrogateKeys(new Response("")), []);
});
