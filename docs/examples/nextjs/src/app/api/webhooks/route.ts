/** The practice tells what has changed. Whatever is made of it is read anew. */
import { revalidateTag } from "next/cache";
import { readWebhook } from "therapy-practice-client";

export async function POST(request: Request): Promise<Response> {
  const message = await readWebhook(request, process.env["WEBHOOK_SECRET"] ?? "");
  if (!message) return new Response(null, { status: 401 });
  for (const key of message.data.keys) revalidateTag(key, { expire: 0 });
  return new Response(null, { status: 204 });
}
