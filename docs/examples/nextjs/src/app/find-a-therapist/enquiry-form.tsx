"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { createPracticeClient, isProblem, read, type Shapes } from "therapy-practice-client";
import { RichText } from "../../parts/rich-text";
import { Question } from "./question";

/** From the visitor's browser: from this server, all visitors would be one address. */
const practice = createPracticeClient({ baseUrl: process.env["PRACTICE_API"] ?? "" });

/** Leads through the form step by step. Answers live in it only; nothing is stored in the browser. */
export function EnquiryForm({ page }: { page: Shapes["MatchingPage"] }) {
  const [form, setForm] = useState<Shapes["Matching"] | null>(null);
  const [step, setStep] = useState(0);
  const [errors, setErrors] = useState<Record<string, string[]>>({});
  const [end, setEnd] = useState<Shapes["OtherHelp"] | Shapes["Received"] | null>(null);
  const [ticket, key] = [useRef(""), useRef("")]; // the key is one for each enquiry, however often it is tried
  const heading = useRef<HTMLHeadingElement>(null);

  async function open() {
    const opened = await read(practice.GET("/matching/", { cache: "no-store" }));
    [ticket.current, key.current] = [opened.ticket, crypto.randomUUID()];
    // Here the practice chooses whom to ask. With its suggestions visitors could: see the guide.
    setForm({ ...opened, steps: opened.steps.filter((one) => one.key !== "suggestions") });
  }

  useEffect(() => void open().catch(() => undefined), []); // without it, the way to the practice's own form stays
  useEffect(() => heading.current?.focus(), [step, end]);

  const steps = form?.steps ?? [];
  const isLast = step === steps.length - 1;

  function answersIn(data: FormData) {
    const asked = steps.filter((one) => isLast || one.key !== "contact").flatMap(({ questions }) => questions);
    const answers = asked.map(({ name, kind }): [string, unknown] => [
      name,
      kind === "choices" ? data.getAll(name) : kind === "yes_or_no" ? data.has(name) : data.get(name),
    ]);
    const given = answers.filter(([, answer]) => answer !== "" && answer !== null);
    return { ...Object.fromEntries(given), ticket: ticket.current };
  }

  async function send(data: FormData) {
    const [website, consent_version] = [String(data.get("website")), form?.consent.version ?? ""];
    const body = { ...answersIn(data), choice: "practice", consent_version, website };
    return read(practice.POST("/enquiries/", { params: { header: { "Idempotency-Key": key.current } }, body }));
  }

  async function goOn(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setErrors({});
    try {
      if (isLast) return setEnd(await send(data));
      // The suggestions cost nothing and store nothing: so they check each step.
      const match = await read(practice.POST("/matching/suggestions/", { body: answersIn(data) }));
      if (match.outcome === "needs_other_help") return setEnd(match);
      ticket.current = match.ticket;
      setStep(step + 1);
    } catch (caught) {
      if (!isProblem(caught, "invalid-answers"))
        return setErrors({ "": ["We could not reach the practice. Nothing is lost: please try again."] });
      const wrong = caught.problem.errors;
      const faulty = steps.findIndex(({ questions }) => questions.some(({ name }) => name in wrong));
      if (!isLast && faulty > step) return setStep(step + 1); // what is missing is asked later
      if (wrong["ticket"] || wrong["consent"]) await open(); // one is used up, or the other has a new wording
      setErrors(faulty < 0 ? { "": Object.values(wrong).flat() } : wrong);
      if (faulty >= 0) setStep(faulty);
    }
  }

  if (end)
    return (
      <section>
        <h1 ref={heading} tabIndex={-1}>
          {end.outcome === "received" ? page.thanks_heading : "There is better help for you than this form"}
        </h1>
        {end.outcome === "received" && (
          <p>
            Your reference is <strong>{end.reference}</strong>. {end.reply_promise?.sentence}{" "}
            <a href={end.status.page_url}>See where it stands</a>. Keep that address to yourself.
          </p>
        )}
        <RichText html={end.outcome === "received" ? page.thanks_text : page.help_today_text + page.under_age_text} />
      </section>
    );
  return (
    <form onSubmit={goOn} noValidate>
      <h1>{page.title}</h1>
      <RichText html={page.intro} />
      {steps.map(({ key, heading: words, questions }, number) => (
        <section key={key} hidden={number !== step}>
          <h2 ref={number === step ? heading : null} tabIndex={-1}>
            {words} <small>{`Step ${number + 1} of ${steps.length}`}</small>
          </h2>
          {questions.map((question) => (
            <div key={question.name}>
              {question.name === "consent" && <p className="panel lines">{form?.consent.text}</p>}
              <Question question={question} errors={errors[question.name] ?? []} />
            </div>
          ))}
        </section>
      ))}
      {/* People never see it; robots fill it in. */}
      <label className="skip" aria-hidden="true">
        Leave this empty <input name="website" tabIndex={-1} autoComplete="off" />
      </label>
      <p role="alert">{errors[""]?.join(" ")}</p>
      {form && <button>{isLast ? "Send to the practice" : "Continue"}</button>}
      {step > 0 && <button type="button" onClick={() => setStep(step - 1)} children="Back" />}
      {!form && <a href={page.meta.html_url}>Use the form on the practice’s own site</a>}
    </form>
  );
}
