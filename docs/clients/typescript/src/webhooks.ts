/** Others may come. */
export type WebhookType =
  | "page.published"
  | "page.unpublished"
  | "page.deleted"
  | "page.moved"
  | "availability.changed"
  | "facts.changed"
  | "glossary.changed"
  | "images.changed"
  | "documents.changed"
  | "redirects.changed"
  | "settings.changed"
  | "site.changed"
  | "test";

export interface WebhookMessage {
  /** A message may come twice: this stays the same. */
  id: string;
  type: WebhookType;
  created_at: string;
  data: {
    /** The surrogate keys to drop. */
    keys: string[];
    /** Where it is about one page. Its address is null once it is not public. */
    page: { id: number; type: string; url: string | null } | null;
    /** The addresses that began, ended or changed. */
    paths: string[];
  };
}

/** Seconds by which the clocks of both sides may differ, and a message be under way. */
const TOLERANCE = 300;

/** The message in a request, or null where it is not from the practice. Answer that with a 401. */
export async function readWebhook(request: Request, secret: string): Promise<WebhookMessage | null> {
  const body = await request.text();
  return (await verifyWebhook(secret, request.headers, body)) ? (JSON.parse(body) as WebhookMessage) : null;
}

/** Whether a message is from the practice. `body` is as it came, before any JSON is read. */
export async function verifyWebhook(
  secret: string,
  headers: Pick<Headers, "get">,
  body: string,
): Promise<boolean> {
  const sentAt = headers.get("webhook-timestamp") ?? "";
  if (!/^\d+$/.test(sentAt) || Math.abs(Date.now() / 1000 - Number(sentAt)) > TOLERANCE) return false;
  const bytes = bytesOf(secret.replace(/^whsec_/, ""));
  if (!bytes?.length) throw new TypeError("The secret is not one of a webhook.");
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const signed = new TextEncoder().encode(`${headers.get("webhook-id")}.${sentAt}.${body}`);
  for (const one of (headers.get("webhook-signature") ?? "").split(" ")) {
    const signature = one.startsWith("v1,") ? bytesOf(one.slice(3)) : null;
    if (signature && (await crypto.subtle.verify("HMAC", key, signature, signed))) return true;
  }
  return false;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  } catch {
    return null;
  }
}
