import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { findPage, readSite } from "../../practice";
import { EnquiryForm } from "./enquiry-form";

export const metadata: Metadata = { title: "Find a therapist" };

export default async function FindATherapistPage() {
  const { enquiry_page, root_url } = await readSite();
  const page = enquiry_page && (await findPage(`/${enquiry_page.url.slice(root_url.length)}`));
  return page?.type === "matching.MatchingPage" ? <EnquiryForm page={page} /> : notFound();
}
