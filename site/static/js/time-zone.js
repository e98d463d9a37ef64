// The visitor's own time zone, where its clock differs: kept with the first answers, and offered for the times of a week.
// Without this they are UK time, and the page says so.
const choice = document.querySelector("[data-time-zone]");
const kept = document.querySelector("[data-own-time-zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const now = new Date();
const clock = (timeZone) => now.toLocaleString("en-GB", { timeZone });
const isElsewhere = own && clock(own) !== clock("Europe/London");

if (kept && isElsewhere) kept.value = own;

if (choice && isElsewhere) {
  const select = choice.querySelector("select");
  if (![...select.options].some(({ value }) => value === own)) select.add(new Option(own.replaceAll("_", " "), own));
  // Times that are ticked already keep their meaning.
  if (!document.querySelector("[name=slots]:checked")) select.value = own;
  choice.hidden = false;
  document.querySelector("[data-uk-time]")?.remove();
}
