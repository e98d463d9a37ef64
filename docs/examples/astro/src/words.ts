/** How this site writes days, money and lists. */

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "Europe/London" });
const list = new Intl.ListFormat("en-GB");

export const inWords = (date: string): string => day.format(new Date(date));

export const pounds = (money: string): string => `£${money.replace(/\.00$/, "")}`;

export const listed = (words: string[]): string => list.format(words);

/** An address within the page for a heading. */
export const anchor = (heading: string): string => heading.toLowerCase().replace(/[^a-z0-9]+/g, "-");
