// While a therapist writes a time, what the visitor's clock shows then stands beside it. Without this, how it goes today.
const UK = "Europe/London";
const inZone = (moment, timeZone, parts) => moment.toLocaleString("sv", { timeZone, ...parts });
const CLOCK = { hour: "2-digit", minute: "2-digit" };

// The browser knows no time zone but its own and UTC: read the clock as UTC, and take off what UK time is ahead.
const fromUk = (clock) => {
  const asUtc = new Date(`${clock}Z`);
  return new Date(2 * asUtc - new Date(`${inZone(asUtc, UK).replace(" ", "T")}Z`));
};

for (const input of document.querySelectorAll("[data-their-zone]")) {
  const hint = document.getElementById(input.getAttribute("aria-describedby")?.split(" ")[0]);
  const { theirZone, theirWords } = input.dataset;
  const before = hint?.textContent;
  hint?.setAttribute("aria-live", "polite");
  input.addEventListener("input", () => {
    const moment = fromUk(input.value);
    if (Number.isNaN(+moment)) return void (hint.textContent = before);
    const day = (zone) => inZone(moment, zone, { dateStyle: "short" });
    const weekday = day(theirZone) === day(UK) ? "" : moment.toLocaleString(document.documentElement.lang, { timeZone: theirZone, weekday: "long" });
    hint.textContent = theirWords.replace("%(clock)s", `${weekday} ${inZone(moment, theirZone, CLOCK)}`.trim());
  });
}
