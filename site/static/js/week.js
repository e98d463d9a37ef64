// The week of a therapist in the visitor's own time zone. Without this, or in the UK, it stays in UK time and says so.
const DAY = 24 * 60;
const WEEK = 7 * DAY;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function minuteOfWeek(moment, timeZone) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const { weekday, hour, minute } = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return DAYS.indexOf(weekday) * DAY + Number(hour) * 60 + Number(minute);
}

function nameOf(timeZone) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone, timeZoneName: "longGeneric" });
  return format.formatToParts().find(({ type }) => type === "timeZoneName").value;
}

const bounds = (words) => words.split("-").map(Number);

// Weeks go round: what begins late on Sunday may end on Monday.
function overlap([start, end], [from, until]) {
  return [-WEEK, 0, WEEK].some((turn) => start + turn < until && end + turn > from);
}

// Night is the one column that ends before it begins: it is the early and the late hours of its day.
function partsOf(day, [from, until]) {
  const parts = from < until ? [[from, until]] : [[0, until], [from, DAY]];
  return parts.map(([start, end]) => [day * DAY + start, day * DAY + end]);
}

function move(table, shift) {
  const windows = table.dataset.week.trim().split(/\s+/).map((words) => bounds(words).map((minute) => minute + shift));
  const [free, none] = document.querySelector("[data-week-cells]").content.children;
  const heads = [...table.querySelectorAll("[data-hours]")];
  const rows = [...table.tBodies[0].rows];
  for (const [column, head] of heads.entries()) {
    const hours = bounds(head.dataset.hours);
    const worked = rows.map((_, day) => partsOf(day, hours).some((part) => windows.some((window) => overlap(window, part))));
    head.hidden = head.hidden && !worked.includes(true);
    for (const [day, row] of rows.entries()) {
      const cell = (worked[day] ? free : none).cloneNode(true);
      cell.hidden = head.hidden;
      row.cells[column + 1].replaceWith(cell);
    }
  }
}

const table = document.querySelector("[data-week]");
if (table) {
  const now = new Date();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const apart = (minuteOfWeek(now, zone) - minuteOfWeek(now, "Europe/London") + WEEK) % WEEK;
  if (apart) {
    move(table, apart > WEEK / 2 ? apart - WEEK : apart);
    document.querySelector("[data-zone-name]").textContent = nameOf(zone);
    for (const words of document.querySelectorAll("[data-zone]")) words.hidden = words.dataset.zone === "uk";
  }
}
