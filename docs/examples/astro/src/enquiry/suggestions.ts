/** Whom the matching suggests, and why. Nothing is chosen for anyone, and no limit is eased without asking. */
import type { Shapes } from "therapy-practice-client";
import { copyOf, fill, only } from "../elements";

const place = only("#suggested", HTMLElement);

export function showSuggestions(
  found: Shapes["TherapistSuggestions"],
  ease: (easing: Shapes["Easing"]) => void,
): void {
  place.replaceChildren();
  if (found.not_suggested) {
    const name = found.not_suggested.therapist?.title ?? "this therapist";
    place.append(note(`We cannot suggest ${name} for what you told us:`, found.not_suggested.reasons));
  }
  if (found.suggestions.length === 0) {
    place.append(
      note("Today no one here meets everything you told us. A person will read it and write back."),
    );
  }
  place.append(...found.suggestions.map(card));
  for (const easing of found.easings) {
    const limit = only(`[data-question="${easing.question}"] label span`, HTMLElement).textContent;
    const words = easing.answer
      ? `${easing.would_add} more would fit if you tick`
      : `${easing.would_add} more would fit without`;
    place.append(
      note(`${words} “${limit}”.`, [], {
        label: easing.answer ? "Tick it" : "Leave it out",
        press: () => ease(easing),
      }),
    );
  }
}

function card(suggestion: Shapes["Suggestion"]): HTMLElement {
  const element = copyOf("#suggestion");
  const name = suggestion.therapist?.title ?? "";
  fill(element, {
    h3: name,
    a: `Read the profile of ${name} (opens in a new tab)`,
    "label span": `Ask ${name}`,
  });
  if (suggestion.therapist) {
    only("a", HTMLAnchorElement, element).href = new URL(suggestion.therapist.url).pathname;
  }
  only("input", HTMLInputElement, element).value = suggestion.choice;
  list(only(".reasons", HTMLElement, element), suggestion.reasons);
  list(only(".cautions", HTMLElement, element), suggestion.cautions);
  return element;
}

function note(
  words: string,
  points: string[] = [],
  action?: { label: string; press: () => void },
): HTMLElement {
  const element = copyOf("#note");
  fill(element, { p: words, button: action?.label ?? null });
  list(only("ul", HTMLElement, element), points);
  if (action) only("button", HTMLButtonElement, element).addEventListener("click", action.press);
  return element;
}

function list(element: HTMLElement, lines: string[]): void {
  element.hidden = lines.length === 0;
  element.replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
}
