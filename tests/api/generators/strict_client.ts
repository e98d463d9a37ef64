// A strict client of the API. It is compiled and not run: it proves that types narrow by `type`, and that
// what is recorded in tests/api/expected is of those types.

import type { components, operations } from "../../../.local/node/generated/api";
import * as answers from "../../../.local/node/generated/answers";

type Shapes = components["schemas"];
type Page = Exclude<Shapes["FoundPage"], { type: "redirect" }>;

function never(value: never): never {
  throw new Error(`Not known yet: ${JSON.stringify(value)}`);
}

export function heading(found: Shapes["FoundPage"]): string {
  switch (found.type) {
    case "redirect":
      return found.redirect.location;
    case "home.HomePage":
      return found.heading;
    case "therapies.TherapyPage":
      return `${found.title} (${found.abbreviation}): ${found.facts.map((fact) => fact.answer).join("; ")}`;
    case "therapists.TherapistPage":
      return `${found.title}, ${found.fees.map((row) => `£${row.fee}`).join(", ")}`;
    default:
      // @ts-expect-error: pages of other types have no facts
      found.facts;
      return found.title;
  }
}

export function block(one: Shapes["TherapyStoryBlock"]): string {
  switch (one.type) {
    case "heading":
    case "paragraph":
      return one.value;
    case "quote":
      return one.value.quote;
    case "callout":
      return one.value.tone === "caution" ? `! ${one.value.heading}` : one.value.heading;
    case "care_card":
      return `${one.value.level}: ${one.value.heading}`;
    case "questions":
      return one.value.questions.map((entry) => entry.question).join(" ");
    case "invitation":
      return one.value.link.page?.url ?? one.value.link.address ?? one.value.heading;
    case "figure":
      // @ts-expect-error: the picture may not be public
      one.value.image.alt;
      return one.value.image?.alt ?? one.value.caption;
    case "steps":
      return one.value.steps.map((step) => `${step.title}: ${step.text}`).join(" ");
    case "comparison":
      return (one.value.table?.rows ?? [])
        .flatMap((row) => row.cells.map((cell) => cell.fact?.answer ?? "not recorded"))
        .join(", ");
    default:
      return never(one);
  }
}

export function words(page: Page): string[] {
  return page.type === "therapies.TherapyPage" ? page.body.map(block) : [];
}

export function summaries(list: Shapes["TherapyRowListing"]): string[] {
  // @ts-expect-error: it is there only where `fields` asks for it
  list.items.map((row): unknown[] => row.body);
  return list.items.map((row) => `${row.title} (${row.abbreviation}): ${row.summary}`);
}

export function failure(problem: Shapes["InvalidParameterProblem"] | Shapes["NotFoundProblem"]): string {
  return problem.key === "invalid-parameter" ? Object.keys(problem.errors).join(", ") : problem.title;
}

type TherapistQuery = NonNullable<operations["listTherapists"]["parameters"]["query"]>;

export const query: TherapistQuery = { format: ["video"], fee_max: 70, fields: ["*", "-registrations"], order: ["-title"] };
// @ts-expect-error: rows would lack what they are described to have
export const fewer: TherapistQuery = { fields: ["_", "title"] };
// @ts-expect-error: there is no such way to meet
export const misspelt: TherapistQuery = { format: ["vidoe"] };
// @ts-expect-error: there is no such parameter
export const unknown: TherapistQuery = { colour: "red" };

export function asked(form: Shapes["Matching"]): string[] {
  const questions = form.steps.flatMap((step) => step.questions);
  return questions.map((one) => (one.kind === "choice" ? one.choices?.[0]?.key : one.kind) ?? one.name);
}

export function suggested(match: Shapes["Match"]): string[] {
  // @ts-expect-error: only where there are suggestions
  match.ticket;
  if (match.outcome === "needs_other_help") return [];
  return [match.ticket, ...match.suggestions.map((one) => one.therapist?.title ?? one.choice)];
}

export function thanks(answer: Shapes["Received"] | Shapes["OtherHelp"]): string {
  return answer.outcome === "received" ? (answer.reply_promise?.sentence ?? answer.reference) : "crisis_help";
}

type Sent = operations["sendEnquiry"]["requestBody"]["content"]["application/json"];

export const sent: Sent = {
  adult: "yes", formats: ["video"], budget: "60", consent: true, main_concern: 12, website: "", pronouns: null,
};
// @ts-expect-error: there is no such way to meet
export const byLetter: Sent = { formats: ["letter"] };
// @ts-expect-error: each enquiry has a key of its own
export const withoutKey: operations["sendEnquiry"]["parameters"]["header"] = {};

export const shown: string[] = [
  heading(answers.home_page),
  heading(answers.therapy_page),
  heading(answers.therapist_page),
  ...summaries(answers.therapy_list),
  answers.comparison.table.rows.map((row) => row.dimension.question).join(),
  answers.site.crisis_help.help_lines.map((line) => line.phone).join(),
  ...asked(answers.matching),
  ...suggested(answers.matching_suggestions),
  thanks(answers.enquiry),
  answers.enquiry_status.first_consultation.proposed.map((time) => time.in_words).join(),
];
