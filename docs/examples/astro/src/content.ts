/** What many pages need beside their own page: asked for once, when the build begins. */
import { api, read, readAll } from "./api/client";

export const site = await read(api.GET("/site/"));

export const paths = (await read(api.GET("/paths/"))).items;

export const redirects = await readAll((query) => read(api.GET("/redirects/", { params: { query } })));

export const therapies = await readAll((query) => read(api.GET("/therapies/", { params: { query } })));

export const concerns = await readAll((query) => read(api.GET("/concerns/", { params: { query } })));

export const therapists = await readAll((query) => read(api.GET("/therapists/", { params: { query } })));

/** Every two therapies. An editor has written a page about some of them. */
export const pairs = (await read(api.GET("/comparisons/"))).items;
