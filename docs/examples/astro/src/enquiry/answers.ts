/** What someone has answered, as the API wants it. It lives in the form only: nothing is stored in the browser. */
import type { Shapes } from "therapy-practice-client";

type Answer = string | string[] | boolean;

/** The editors may add questions of their own, so the names are known only when the form is there. */
export function answersIn(form: HTMLFormElement): Shapes["EnquiryAnswers"] {
  const data = new FormData(form);
  const answers: Record<string, Answer> = {};
  for (const { dataset } of form.querySelectorAll<HTMLElement>("[data-question]")) {
    const name = dataset["question"] ?? "";
    const answer = answerTo(name, dataset["kind"], data);
    if (answer !== "") answers[name] = answer;
  }
  return answers as Shapes["EnquiryAnswers"];
}

function answerTo(name: string, kind: string | undefined, data: FormData): Answer {
  switch (kind) {
    case "choices":
      return data.getAll(name).map(String);
    case "yes_or_no":
      return data.has(name);
    default:
      return String(data.get(name) ?? "");
  }
}

/** Without the last two steps: what the suggestions are made of. */
export function answersToMatch(form: HTMLFormElement): Shapes["MatchingAnswers"] {
  const last = form.querySelectorAll<HTMLElement>(
    ":is([data-step=suggestions], [data-step=contact]) [data-question]",
  );
  const names = new Set([...last].map(({ dataset }) => dataset["question"]));
  return Object.fromEntries(Object.entries(answersIn(form)).filter(([name]) => !names.has(name)));
}
