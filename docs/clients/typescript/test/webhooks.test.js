import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { readWebhook, verifyWebhook } from "therapy-practice-client";

const secret = `whsec_${Buffer.from("a secret of thirty-two bytes or so").toString("base64")}`;
const body = JSON.stringify({ id: "1", type: "page.published", created_at: "2026-11-25T09:30:00+00:00", data: { keys: ["page-12"], page: null, paths: ["/"] } });

/** As the Standard Webhooks specification has it. */
function headers({ id = "msg_1", sentAt = Math.floor(Date.now() / 1000), of = body, by = secret } = {}) {
  const key = Buffer.from(by.replace("whsec_", ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${sentAt}.${of}`).digest("base64");
  return new Headers({ "webhook-id": id, "webhook-timestamp": String(sentAt), "webhook-signature": `v1,${signature}` });
}

test("a message is read", async () => {
  const request = new Request("http://localhost/", { method: "POST", body, headers: headers() });
  assert.deepEqual((await readWebhook(request, secret)).data.keys, ["page-12"]);
});

test("one signature that fits is enough", async () => {
  const both = headers();
  both.set("webhook-signature", `v1a,abc v1,%%% v1,AAAA ${both.get("webhook-signature")}`);
  assert.ok(await verifyWebhook(secret, both, body));
});

test("whatever was changed, is old or was signed by another is refused", async () => {
  const now = Math.floor(Date.now() / 1000);
  const other = `whsec_${Buffer.alloc(32).toString("base64")}`;
  const unsigned = headers();
  unsigned.delete("webhook-signature");
  const renamed = headers();
  renamed.set("webhook-id", "msg_2");
  const odd = headers();
  odd.set("webhook-timestamp", "soon");
  for (const [name, given, words] of [
    ["other words", headers(), `${body} `],
    ["another secret", headers({ by: other }), body],
    ["old", headers({ sentAt: now - 330 }), body],
    ["from the future", headers({ sentAt: now + 330 }), body],
    ["unsigned", unsigned, body],
    ["another id", renamed, body],
    ["no time", odd, body],
    ["no header", new Headers(), body],
  ]) {
    assert.equal(await verifyWebhook(secret, given, words), false, name);
    const request = new Request("http://localhost/", { method: "POST", body: words, headers: given });
    assert.equal(await readWebhook(request, secret), null, name);
  }
});

test("without a secret nothing is let through in silence", async () => {
  await assert.rejects(verifyWebhook("", headers(), body), TypeError);
});
