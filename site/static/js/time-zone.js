// Offers the visitor's own time zone for their times. Without this they are UK time, and the page says so.
const choice = document.querySelector("[data-time-zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const now = new Date();
const clock = (timeZone) => now.toLocaleString("en-GB", { timeZone });

if (choice && own && clock(own) !== clock("Europe/London")) {
  const select = choice.querySelector("select");
  if (![...select.options].some(({ value }) => value === own)) select.add(new Option(own.replaceAll("_", " "), own));
  // Times that are ticked already keep their meaning.
  if (!document.querySelector("[name=slots]:checked")) select.value = own;
  choice.hidden = false;
  document.querySelector("[data-uk-time]")?.remove();
}
