import type { Shapes } from "therapy-practice-client";

interface Props {
  question: Shapes["MatchingQuestion"];
  errors: string[];
}

const TYPES: Record<string, string> = { decimal: "number", email: "email", phone: "tel", yes_or_no: "checkbox" };

/** One question, by its kind. A kind that was added since is asked as text. */
export function Question({ question: { name, label, help_text, required, kind, choices }, errors }: Props) {
  const title = required ? label : `${label} (optional)`;
  const note = { "aria-describedby": `${name}-note` };
  const box = { name, "aria-invalid": errors.length > 0, ...note };
  const words = (
    <p id={`${name}-note`}>
      {help_text} <strong role="alert">{errors.join(" ")}</strong>
    </p>
  );
  if (kind === "choice" || kind === "choices") {
    const none = kind === "choice" && !required ? [{ key: "", label: "No answer" }] : [];
    return (
      <fieldset {...note}>
        <legend>{title}</legend>
        {words}
        {[...none, ...(choices ?? [])].map(({ key, label }) => (
          <label key={key}>
            <input type={kind === "choice" ? "radio" : "checkbox"} name={name} value={key} /> {label}
          </label>
        ))}
      </fieldset>
    );
  }
  return (
    <label>
      {title} {kind === "long_text" ? <textarea rows={6} {...box} /> : <input type={TYPES[kind] ?? "text"} {...box} />}
      {words}
    </label>
  );
}
