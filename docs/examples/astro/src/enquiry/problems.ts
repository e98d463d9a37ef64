/** Shows what the API says of each answer: by its question, and above the form with a link to it. */
import { only } from "../elements";

export type Errors = Record<string, string[]>;

const summary = only("#problems", HTMLElement);
const list = only("#problems ul", HTMLUListElement);

export function clearProblems(): void {
  summary.hidden = true;
  list.replaceChildren();
  for (const line of document.querySelectorAll<HTMLElement>(".question .error")) line.hidden = true;
  for (const wrong of document.querySelectorAll(".question [aria-invalid]"))
    wrong.removeAttribute("aria-invalid");
}

export function showProblems(errors: Errors): void {
  clearProblems();
  const asked = [...document.querySelectorAll<HTMLElement>("[data-question]")].map(
    ({ dataset }) => dataset["question"],
  );
  const inOrder = Object.entries(errors).sort(([one], [other]) => asked.indexOf(one) - asked.indexOf(other));
  for (const [name, messages] of inOrder) {
    for (const message of messages) list.append(lineFor(name, message));
  }
  summary.hidden = false;
  summary.focus();
}

/** Something that is wrong with no answer in particular. */
export function showTrouble(message: string): void {
  showProblems({ "": [message] });
}

function lineFor(name: string, message: string): HTMLLIElement {
  const line = document.createElement("li");
  const question = document.getElementById(`q-${name}-question`);
  if (!question) {
    line.textContent = message;
    return line;
  }
  const error = only(".error", HTMLElement, question);
  error.textContent = message;
  error.hidden = false;
  const control = question.querySelector<HTMLElement>("input, select, textarea");
  if (question.tagName !== "FIELDSET") control?.setAttribute("aria-invalid", "true");
  const link = document.createElement("a");
  link.href = `#${question.id}`;
  link.textContent = message;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    control?.focus();
  });
  line.append(link);
  return line;
}
