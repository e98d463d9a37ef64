/*
 * The sources of a fact: what is typed is looked for among all sources, and a press takes one up. Rows that are added
 * later work too, because events are listened to on the whole page.
 */

/* In milliseconds: how long to wait for the next letter. */
const PAUSE = 200;
let waiting;

function chosen(chooser) {
  return new Set([...chooser.querySelectorAll("[data-chosen] input:checked")].map((one) => one.value));
}

function take(chooser, source) {
  const line = document.createElement("li");
  const label = document.createElement("label");
  const tick = document.createElement("input");
  Object.assign(tick, { type: "checkbox", name: chooser.dataset.name, value: String(source.id), checked: true });
  label.append(tick, ` ${source.text}`);
  line.append(label);
  chooser.querySelector("[data-chosen]").append(line);
  tick.dispatchEvent(new Event("change", { bubbles: true }));
}

async function search(chooser, words) {
  const found = chooser.querySelector("[data-found]");
  const none = chooser.querySelector("[data-none]");
  if (!words) {
    found.replaceChildren();
    none.hidden = true;
    return;
  }
  const answer = await fetch(`${chooser.dataset.search}?q=${encodeURIComponent(words)}`);
  if (!answer.ok) return;
  const { sources } = await answer.json();
  const known = chosen(chooser);
  const others = sources.filter((source) => !known.has(String(source.id)));
  found.replaceChildren(
    ...others.map((source) => {
      const line = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary";
      button.textContent = source.text;
      button.addEventListener("click", () => {
        take(chooser, source);
        line.remove();
        chooser.querySelector("[data-source-search]").focus();
      });
      line.append(button);
      return line;
    }),
  );
  none.hidden = others.length > 0;
}

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("[data-source-search]")) return;
  clearTimeout(waiting);
  const chooser = event.target.closest("[data-source-chooser]");
  waiting = setTimeout(() => search(chooser, event.target.value.trim()), PAUSE);
});

/* Enter would send the whole page. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-source-search]")) event.preventDefault();
});
