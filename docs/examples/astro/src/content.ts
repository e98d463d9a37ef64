/** What many pages need beside their own page: asked for once, when the build begins. */
import { allRows, read } from "therapy-practice-client";
import { api } from "./practice";

export const site = await read(api.GET("/site/"));

export const paths = (await read(api.GET("/paths/"))).items;

export const redirects = await allRows(api, "/redirects/", { fields: ["*"] });

export const therapies = await allRows(api, "/therapies/", { fields: ["*"] });

export const concerns = await allRows(api, "/concerns/", { fields: ["*"] });

export const therapists = await allRows(api, "/therapists/", { fields: ["*"] });

/** Every two therapies. An editor has written a page about some of them. */
export const pairs = (await read(api.GET("/comparisons/"))).items;
