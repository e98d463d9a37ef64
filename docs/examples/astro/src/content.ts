/** All that the site is made of: asked for once, in a few requests, when the build begins. */
import { allRows, type Page, read } from "therapy-practice-client";
import { api } from "./practice";

export const site = await read(api.GET("/site/"));

export const paths = (await read(api.GET("/paths/"))).items;

/** Every page, whole. The types are those that the practice has. */
const pages: Page[] = await allRows(api, "/pages/", {
  type: [...new Set(paths.map((row) => row.type))],
  fields: ["*", "seo", "parent", "breadcrumbs", "children"],
});

export const pageById = new Map(pages.map((page) => [page.id, page]));

export const redirects = await allRows(api, "/redirects/", { fields: ["*"] });

export const therapies = pages.filter((page) => page.type === "therapies.TherapyPage");

export const concerns = pages.filter((page) => page.type === "therapies.ConcernPage");

export const therapists = pages.filter((page) => page.type === "therapists.TherapistPage");

/** Every two therapies, side by side. An editor has written a page about some of them. */
export const pairs = (await read(api.GET("/comparisons/", { params: { query: { fields: ["table"] } } }))).items;
