// A time that was arranged, in the reader's own time zone too. Without this, or in the same zone, it stays as it is.
const words = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const inZone = (moment, timeZone) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { ...words, timeZone }).format(moment);

for (const time of document.querySelectorAll("[data-own-time]")) {
  const moment = new Date(time.dateTime);
  const own = inZone(moment, undefined);
  if (own !== inZone(moment, time.dataset.ownTime)) time.append(` – ${time.dataset.ownTimeWords} ${own}`);
}
