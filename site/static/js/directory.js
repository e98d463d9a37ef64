// The directory without reloading: the form is the source, and its address is fetched and put in place.
// Also keeps the therapists chosen for comparing while this tab is open, and nowhere else.

const KEPT = "therapists-to-compare";
const form = document.querySelector("[data-filters]");
let latest = null;

function addressOf(filters) {
  const chosen = [...new FormData(filters)].filter(([, value]) => value.trim());
  const query = new URLSearchParams(chosen).toString();
  return filters.getAttribute("action").split("#")[0] + (query ? `?${query}` : "");
}

// What is on its way, or there, is not asked for again: the button may be pressed right after a choice.
function show(address) {
  if (latest?.address !== address) {
    latest?.controller.abort();
    const controller = new AbortController();
    latest = { address, controller, shown: fetchAndPut(address, controller.signal) };
  }
  return latest.shown;
}

async function fetchAndPut(address, signal) {
  try {
    const answer = await fetch(address, { signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    putInPlace(page);
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

function putInPlace(page) {
  // Numbers change, boxes stay: the one with the focus keeps it.
  for (const fresh of page.querySelectorAll("[data-filters] .filters__option")) {
    const box = document.getElementById(fresh.querySelector("input").id);
    box?.nextElementSibling.replaceChildren(...fresh.querySelector("label").childNodes);
    box?.parentElement.classList.toggle("filters__option--none", fresh.classList.contains("filters__option--none"));
  }
  // A live region speaks only if it stays in the page and its words change.
  const status = document.querySelector("[data-results] [aria-live]");
  const results = page.querySelector("[data-results]");
  const words = results.querySelector("[aria-live]");
  status.textContent = words.textContent;
  const heading = document.getElementById("results-heading");
  heading.parentElement.replaceChildren(heading, ...[...results.children].filter((part) => part.id !== heading.id));
  document.title = page.title;
  countOnButton(results);
  restoreChoices();
}

// Without scripts the button cannot know how many it will show.
function countOnButton(results) {
  form.querySelector("[type=submit]").textContent = results.dataset.show;
  document.querySelector("[data-results]").dataset.show = results.dataset.show;
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

function keep(slugs) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(slugs));
  } catch {
    // Where storage is refused, the choice lasts as long as the page.
  }
}

function restoreChoices() {
  const slugs = kept();
  for (const box of document.querySelectorAll("[data-shortlist]")) box.checked = slugs.includes(box.value);
}

form?.addEventListener("change", ({ target }) => {
  if (target.name !== "price") show(addressOf(form));
});

form?.addEventListener("submit", (event) => {
  const price = form.elements.price;
  if (price.value && !/^£?\s*\d{1,4}(\.\d{1,2})?$/.test(price.value.trim())) return; // the server says what is wrong
  event.preventDefault();
  show(addressOf(form)).then(() => document.querySelector("[data-results]").scrollIntoView());
});

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-shortlist]")) return;
  const others = kept().filter((slug) => slug !== target.value);
  keep(target.checked ? [...others, target.value] : others);
});

// Those chosen on other pages of the list go along.
document.addEventListener("formdata", ({ target, formData }) => {
  if (!target.matches("[data-compare]")) return;
  formData.delete("t");
  for (const slug of kept()) formData.append("t", slug);
});

if (form) countOnButton(document.querySelector("[data-results]"));
window.addEventListener("pageshow", restoreChoices);
restoreChoices();
