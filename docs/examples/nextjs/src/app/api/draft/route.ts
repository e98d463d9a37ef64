/** Where `HEADLESS_PREVIEW_URLS` leads editors: `https://<this site>/api/draft/`. */
import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import { PracticeError } from "therapy-practice-client";
import { keepPreview, readDraft } from "../../../draft";

export async function GET({ nextUrl: { searchParams } }: NextRequest): Promise<Response> {
  const preview = { contentType: searchParams.get("content_type") ?? "", token: searchParams.get("token") ?? "" };
  let slug: string | undefined;
  try {
    slug = (await readDraft(preview))?.meta.slug;
  } catch (caught) {
    if (!(caught instanceof PracticeError)) throw caught;
    return new Response(caught.problem?.title, { status: caught.status });
  }
  if (slug === undefined) return new Response("This site shows drafts of therapies only.", { status: 404 });
  await keepPreview(preview);
  redirect(`/therapies/${slug || "new"}/`); // an address without the token
}
