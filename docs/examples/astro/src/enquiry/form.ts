/** Leads through the form step by step, and sends it. Every answer is checked by the API, not here. */
import { read, type Shapes } from "therapy-practice-client";
import { fill, only } from "../elements";
import { api } from "../practice";
import { answersIn, answersToMatch } from "./answers";
import { clearProblems, type Errors, showProblems, showTrouble } from "./problems";
import { showSuggestions } from "./suggestions";

const form = only("#enquiry", HTMLFormElement);
const fields = only("#answers", HTMLFieldSetElement);
const goOn = only("#go-on", HTMLButtonElement);
const goBack = only("#go-back", HTMLButtonElement);
const steps = [...form.querySelectorAll<HTMLElement>("[data-step]")];

let step = 0;
let ticket = "";
/** The therapist from whose profile they came. */
let askedAbout = new URLSearchParams(location.hash.slice(1)).get("ask");
let consentVersion = "";
/** One for each enquiry, however often it is tried. */
let key = crypto.randomUUID();
/** What was sent, as long as we do not know whether it arrived. It is sent again as it was. */
let underWay: Shapes["EnquiryAnswers"] | null = null;

async function open(): Promise<void> {
  const { ticket: fresh, consent } = await read(api.GET("/matching/", { cache: "no-store" }));
  ticket ||= fresh;
  consentVersion = consent.version;
  fill(document, { "#consent-text": consent.text }); // it may have changed since this page was built
}

function show(next: number): void {
  step = next;
  steps.forEach((section, number) => (section.hidden = number !== step));
  goBack.hidden = step === 0;
  goOn.textContent = steps[step + 1] ? "Continue" : "Send to the practice";
  only("#opening", HTMLElement).hidden = step > 0;
  if (!form.hidden) only("h2", HTMLElement, steps[step]).focus();
}

function goTo(next: number): void {
  history.pushState(next, ""); // the browser's own “back” is one step back
  show(next);
}

/** The suggestions cost nothing and store nothing: so they check each step too. */
async function check(): Promise<void> {
  const answers = { ...answersToMatch(form), ticket, asked_about: askedAbout };
  const { data, error } = await api.POST("/matching/suggestions/", { body: answers });
  if (data?.outcome === "needs_other_help") return showOtherHelp();
  if (data) {
    ticket = data.ticket;
    showSuggestions(data, ease);
    if (steps[step]?.dataset["step"] !== "suggestions") goTo(step + 1);
    return;
  }
  if (!("errors" in error)) return showTrouble(error.detail ?? error.title);
  if (error.errors["asked_about"]) {
    askedAbout = null; // that profile is no longer public: we go on without
    return check();
  }
  const here = errorsOf(error.errors, step);
  if (Object.keys(here).length > 0) return showProblems(here);
  if (steps[step + 1]?.dataset["step"] === "suggestions") return showErrors(error.errors);
  goTo(step + 1); // what is missing is asked later
}

/** The API can say so only when everything is sent, which would be late. */
async function checkChoice(): Promise<void> {
  if (!answersIn(form).choice) return showProblems({ choice: ["Choose someone, or leave it to us."] });
  goTo(step + 1);
}

function ease({ question, answer }: Shapes["Easing"]): void {
  only(`[name="${question}"]`, HTMLInputElement, form).checked = answer;
  void attempt(check);
}

async function send(): Promise<void> {
  const website = only("#website", HTMLInputElement).value;
  underWay ??= {
    ...answersIn(form),
    ticket,
    asked_about: askedAbout,
    consent_version: consentVersion,
    website,
  };
  const { data, error, response } = await api.POST("/enquiries/", {
    params: { header: { "Idempotency-Key": key } },
    body: underWay,
  });
  if (response.status >= 500) throw new Error(error?.title);
  underWay = null;
  if (data?.outcome === "received") return showReceived(data);
  if (data) return showOtherHelp();
  if (!error || !("errors" in error)) return showTrouble(error?.detail ?? error?.title ?? "");
  if (error.errors["asked_about"]) askedAbout = null;
  if (error.errors["ticket"]) [ticket, key] = ["", crypto.randomUUID()];
  if (error.errors["ticket"] || error.errors["consent"]) await open();
  showErrors(error.errors);
}

/** Goes to the first step with an error. */
function showErrors(errors: Errors): void {
  const first = steps.findIndex((_section, number) => Object.keys(errorsOf(errors, number)).length > 0);
  if (first >= 0 && first !== step) goTo(first);
  showProblems(errors);
}

function errorsOf(errors: Errors, number: number): Errors {
  const asked = (name: string) => steps[number]?.querySelector(`[data-question="${name}"]`);
  return Object.fromEntries(Object.entries(errors).filter(([name]) => asked(name)));
}

/** Nothing is kept of anyone whom the form cannot help. */
function showOtherHelp(): void {
  const underAge = answersIn(form).adult === "no";
  only("#for-under-age", HTMLElement).hidden = !underAge;
  only("#for-today", HTMLElement).hidden = underAge;
  finish("#other-help");
}

function showReceived(received: Shapes["Received"]): void {
  fill(document, { "#reference": received.reference, "#promise": received.reply_promise?.sentence ?? "" });
  // The part after “#” is never sent to a server, nor written into a log.
  only("#private-page", HTMLAnchorElement).hash = received.status.token;
  finish("#received");
}

function finish(outcome: string): void {
  form.reset();
  form.remove();
  only("#opening", HTMLElement).remove();
  const section = only(outcome, HTMLElement);
  section.hidden = false;
  only("h2", HTMLElement, section).focus();
}

/** One thing at a time. Where no answer comes, everything stays as it is, to be tried again. */
async function attempt(work: () => Promise<void>): Promise<void> {
  clearProblems();
  goOn.disabled = true;
  try {
    await work();
  } catch {
    showTrouble("We could not reach the practice. Nothing is lost: please try again.");
  } finally {
    goOn.disabled = false;
    fields.disabled = goBack.disabled = underWay !== null;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt({ suggestions: checkChoice, contact: send }[steps[step]?.dataset["step"] ?? ""] ?? check);
});
goBack.addEventListener("click", () => history.back());
window.addEventListener("popstate", ({ state }) => form.isConnected && show(Number(state)));

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone !== "Europe/London") only('[name="time_zone"]', HTMLInputElement, form).value = zone;
history.replaceState(0, "");
show(0);
await attempt(open);
if (ticket) {
  only("#not-open", HTMLElement).remove();
  form.hidden = false;
}
