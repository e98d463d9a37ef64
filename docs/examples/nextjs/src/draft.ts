/** The draft that an editor of the practice looks at. Its token is in a cookie, and never in an address. */
import { cookies, draftMode } from "next/headers";
import { createPracticeClient, read, type Shapes } from "therapy-practice-client";

const API = process.env["PRACTICE_API"] ?? "";
const practice = createPracticeClient({ baseUrl: API });
const COOKIE = "draft";

export interface Preview {
  contentType: string;
  token: string;
}

export async function readDraft({ contentType, token }: Preview): Promise<Shapes["TherapyPage"] | null> {
  const query = { content_type: contentType };
  const headers = { Authorization: `Bearer ${token}` };
  const draft = await read(practice.GET("/page_preview/", { params: { query }, headers, cache: "no-store" }));
  return draft.type === "therapies.TherapyPage" ? draft : null;
}

export async function keepPreview({ contentType, token }: Preview): Promise<void> {
  (await draftMode()).enable();
  (await cookies()).set(COOKIE, `${contentType} ${token}`, {
    httpOnly: true,
    secure: true,
    sameSite: "none", // the admin shows this site in a frame
    maxAge: 55 * 60, // as long as the token is good
  });
}

export async function leavePreview(): Promise<void> {
  "use server";
  (await draftMode()).disable();
  (await cookies()).delete(COOKIE);
}

/** What the editor previews at the moment; null for everyone else. */
export async function currentPreview(): Promise<Preview | null> {
  if (!(await draftMode()).isEnabled) return null;
  const [contentType, token] = (await cookies()).get(COOKIE)?.value.split(" ") ?? [];
  return contentType && token ? { contentType, token } : null;
}

/** Wagtail's user bar: without it the preview panel waits, and has nothing to check. */
export async function readUserBar({ contentType, token }: Preview): Promise<string> {
  const address = new URL(`/userbar/?${new URLSearchParams({ content_type: contentType })}`, API);
  const answer = await fetch(address, { headers: { Authorization: `Bearer ${token}` }, cache: "no-store" });
  return answer.status === 200 ? answer.text() : "";
}
