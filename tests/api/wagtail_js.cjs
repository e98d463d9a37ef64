// What a front end that was written for Wagtail's own API does with wagtail-js, done with ours.
const assert = require("node:assert/strict");
const { CMSClient, FetchError } = require("wagtail-js");

const client = new CMSClient({ baseURL: process.env.PRACTICE_URL, apiPath: "/api/v2", cache: "no-store" });
const titles = ({ items }) => items.map((item) => item.title);

async function lists() {
  const first = await client.fetchPages({ limit: 2, fields: ["title", "show_in_menus"] });
  const next = await client.fetchPages({ limit: 2, offset: 2 });
  assert.equal(first.items.length, 2);
  assert.ok(first.meta.total_count > 40);
  assert.notDeepEqual(titles(first), titles(next));
  for (const { id, title, meta } of [...first.items, ...next.items]) {
    assert.ok(id && title);
    for (const name of ["slug", "type", "locale", "html_url", "detail_url"]) assert.equal(typeof meta[name], "string");
  }
}

async function filters() {
  const therapies = await client.fetchPages({ type: "therapies.TherapyPage", order: "-title", limit: 50 });
  assert.ok(therapies.items.length > 4);
  assert.deepEqual(titles(therapies), titles(therapies).toSorted().reverse());
  assert.ok(therapies.items.every(({ meta }) => meta.type === "therapies.TherapyPage"));
  const [index] = (await client.fetchPages({ type: "therapies.TherapyIndexPage" })).items;
  const below = await client.fetchPages({ child_of: index.id, locale: "en-gb", limit: 50 });
  assert.ok(titles(therapies).every((title) => titles(below).includes(title)));
  assert.deepEqual((await client.fetchPages({ ancestor_of: index.id })).items.length, 1);
  assert.equal((await client.fetchPages({ show_in_menus: true })).meta.total_count > -1, true);
}

async function searches() {
  const found = await client.fetchPages({ search: "grief", search_operator: "and" });
  assert.ok(titles(found).some((title) => /grief/i.test(title)));
}

async function findsOne() {
  const bySlug = await client.fetchPage("interpersonal-therapy");
  const byId = await client.fetchPage(bySlug.id);
  assert.equal(byId.title, "Interpersonal therapy");
  assert.equal(byId.meta.parent.meta.type, "therapies.TherapyIndexPage");
  assert.equal(byId.meta.alias_of, null);
  const gone = await client.fetchPage(999999999);
  assert.equal(gone.message, "Page not found");
  assert.ok(gone.data instanceof FetchError);
  assert.equal((await client.fetchPage("no-such-page")).message, "Page not found");
}

async function showsMedia() {
  const { items } = await client.fetchImages({ limit: 3 });
  assert.equal(items.length, 3);
  for (const row of items) {
    const image = await client.fetchImage(row.id);
    assert.ok(image.width > 0 && image.height > 0);
    await isServed(row.meta, /^image\/jpeg/);
  }
  const [document] = (await client.fetchDocuments()).items;
  await isServed((await client.fetchDocument(document.id)).meta, /^application\/pdf/);
}

async function isServed(meta, type) {
  const answer = await fetch(client.getMediaSrc(meta));
  assert.equal(answer.status, 200, answer.url);
  assert.match(answer.headers.get("content-type"), type);
}

async function main() {
  for (const step of [lists, filters, searches, findsOne, showsMedia]) await step();
}

main();
