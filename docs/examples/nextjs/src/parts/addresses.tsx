import type { Shapes } from "therapy-practice-client";
import { readSite } from "../practice";

/** The API gives whole addresses, on the practice's own site. Some of its pages stand here too. */
async function here(url: string): Promise<string> {
  const { root_url, enquiry_page } = await readSite();
  if (url === enquiry_page?.url) return "/find-a-therapist/";
  const path = url.startsWith(root_url) ? `/${url.slice(root_url.length)}` : "";
  return /^\/(therapies\/([\w-]+\/)?)?$/.test(path) ? path : url;
}

/** A link to a page: to ours, or else to the practice's own. */
export async function PageLink({ page, label }: { page: Shapes["PageReference"] | null; label?: string | null }) {
  return page && <a href={await here(page.url)}>{label ?? page.title}</a>;
}

/** A link that editors made. One to a page that is not public is left out. */
export function NavLink({ link: { label, page, address } }: { link: Shapes["LinkValue"] }) {
  return page || !address ? <PageLink page={page} label={label} /> : <a href={address}>{label ?? address}</a>;
}
