/** Shows where an enquiry stands, and lets its sender choose a time or call it off, withdraw it or erase it. */
import type { Shapes } from "therapy-practice-client";
import { fill, only } from "../elements";
import { api } from "../practice";
import { inWords } from "../words";

const standing = only("#standing", HTMLElement);
const times = only("#times", HTMLFormElement);
const dialog = only("#sure", HTMLDialogElement);

/** Into a header and never into an address. */
const headers = () => ({ Authorization: `Bearer ${location.hash.slice(1)}` });

type Told = {
  data?: Shapes["WhereItStands"];
  error?: { title: string; detail?: string };
  response: Response;
};

function show({ data, error, response }: Told): void {
  if (response.status === 401)
    return close("This link opens no enquiry. It may be incomplete, or the enquiry was erased.");
  if (!data) return tell(error?.detail ?? error?.title ?? "");
  tell(`Reference ${data.reference}`);
  fill(standing, {
    "#heading": data.heading,
    "#explanation": data.explanation,
    "#about": [
      `Received on ${inWords(data.received_at)}.`,
      data.due,
      data.reply_promise?.sentence,
      data.erasure_due_at &&
        `You asked us to erase everything. A person reads it first, as it may be about your safety: it is erased by ${inWords(data.erasure_due_at)} at the latest.`,
    ]
      .filter(Boolean)
      .join(" "),
  });
  showReplies(data.replies);
  showTimes(data);
  only("#withdraw", HTMLElement).hidden = !data.may.withdraw;
  only("#undo", HTMLElement).hidden = !data.may.undo_withdrawal;
  standing.hidden = false;
}

function showReplies(replies: Shapes["Reply"][]): void {
  only("#replies", HTMLElement).hidden = replies.length === 0;
  const items = replies.map(({ written_at, text }) => {
    const item = document.createElement("li");
    item.textContent = `${inWords(written_at)}: ${text}`;
    return item;
  });
  only("#replies ul", HTMLElement).replaceChildren(...items);
}

function showTimes({ may, first_consultation }: Shapes["WhereItStands"]): void {
  const { confirmed } = first_consultation;
  fill(standing, { "#confirmed": confirmed && `Your first consultation: ${confirmed.in_words}.` });
  only("#call-off", HTMLElement).hidden = !may.call_off_time;
  times.hidden = !may.choose_time;
  const choices = first_consultation.proposed.map(({ id, in_words }) => {
    const label = document.createElement("label");
    label.className = "choice";
    const box = Object.assign(document.createElement("input"), {
      type: "radio",
      name: "time",
      value: id,
      required: true,
    });
    label.append(box, ` ${in_words}`);
    return label;
  });
  only("#times .choices", HTMLElement).replaceChildren(...choices);
}

function tell(words: string): void {
  fill(document, { "#told": words });
}

function close(words: string): void {
  standing.hidden = true;
  tell(words);
}

async function isSure(question: string): Promise<boolean> {
  fill(dialog, { "#question": question });
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
  return dialog.returnValue === "yes";
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch {
    tell("We could not reach the practice. Please try again.");
  }
}

const open = async () => show(await api.GET("/enquiries/status/", { headers: headers(), cache: "no-store" }));

times.addEventListener("submit", (event) => {
  event.preventDefault();
  const time = String(new FormData(times).get("time"));
  void attempt(async () =>
    show(await api.POST("/enquiries/status/time/", { headers: headers(), body: { time } })),
  );
});

only("#call-off", HTMLElement).addEventListener("click", () =>
  attempt(async () => {
    if (!(await isSure("Shall we tell the therapist that you cannot make it?"))) return;
    show(await api.POST("/enquiries/status/cannot-make-it/", { headers: headers() }));
  }),
);

only("#withdraw", HTMLElement).addEventListener("click", () =>
  attempt(async () => {
    if (!(await isSure("Shall we stop, and pass nothing on?"))) return;
    show(await api.POST("/enquiries/status/withdraw/", { headers: headers() }));
  }),
);

only("#undo", HTMLElement).addEventListener("click", () =>
  attempt(async () => {
    show(await api.POST("/enquiries/status/undo-withdrawal/", { headers: headers() }));
  }),
);

only("#erase", HTMLElement).addEventListener("click", () =>
  attempt(async () => {
    if (!(await isSure("Erase everything you told us? This cannot be undone."))) return;
    const answer = await api.DELETE("/enquiries/status/", {
      headers: headers(),
      params: { query: { confirm: "true" } },
    });
    if (answer.error) return tell(answer.error.detail ?? answer.error.title);
    // It may be about their safety: a person reads it first, and nothing is erased yet.
    if (answer.response.status === 202) return show(answer as Told);
    history.replaceState(null, "", location.pathname);
    close("Your enquiry is erased. Nothing of it is left here.");
  }),
);

window.addEventListener("hashchange", () => attempt(open));
if (location.hash) await attempt(open);
