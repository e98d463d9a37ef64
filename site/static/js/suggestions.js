// Suggestions as someone types: the combobox of the ARIA Authoring Practices, with a list that is grouped by kind.
// The form searches as it always does; a suggestion is a link that leads straight to its page.

const FEWEST_LETTERS = 2;
const PAUSE = 150; // milliseconds without a key before the server is asked

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function start(box) {
  const input = box.querySelector("input");
  const status = element("p", { class: "visually-hidden", role: "status" });
  const list = element("div", { class: "suggest__list", id: `${input.id}-suggestions`, role: "listbox", hidden: "", "aria-label": box.dataset.label });
  let options = [];
  let place = -1;
  let timer;
  let latest;

  box.append(list, status);
  for (const [key, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) input.setAttribute(key, value);

  function mark(next) {
    options[place]?.setAttribute("aria-selected", "false");
    place = next;
    const option = options[place];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function open(isOpen) {
    mark(-1);
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  }

  function close() {
    clearTimeout(timer);
    latest?.abort();
    status.textContent = "";
    open(false);
  }

  function show({ status: words, groups }) {
    options = [];
    list.replaceChildren(...groups.map(({ kind, pages }, number) => {
      const heading = element("p", { class: "suggest__kind", id: `${list.id}-kind-${number}`, role: "presentation" }, kind);
      const links = pages.map(({ title, url }) => {
        const option = element("a", { class: "suggest__option", id: `${list.id}-${options.length}`, role: "option", "aria-selected": "false", tabindex: "-1", href: url }, title);
        options.push(option);
        return option;
      });
      return element("div", { role: "group", "aria-labelledby": heading.id }, heading, ...links);
    }));
    open(options.length > 0);
    status.textContent = words;
  }

  async function ask() {
    latest?.abort();
    const words = input.value.trim();
    if (words.length < FEWEST_LETTERS) return close();
    const mine = (latest = new AbortController());
    try {
      const answer = await fetch(`${box.dataset.suggestions}?${new URLSearchParams({ query: words })}`, { signal: mine.signal });
      if (!answer.ok) return close();
      const found = await answer.json();
      if (mine === latest && document.activeElement === input) show(found);
    } catch (error) {
      if (error.name !== "AbortError") close(); // no suggestions; the search still works
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return void ask();
      // One step beyond either end leads back to what was typed.
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1;
      mark(((place + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && place >= 0) {
      event.preventDefault();
      options[place].click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first one closes the list and leaves the words
      close();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight" || event.key === "Home" || event.key === "End") {
      mark(-1);
    }
  });

  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the box
  input.addEventListener("blur", close);
}

document.querySelectorAll("[data-suggestions]").forEach(start);
