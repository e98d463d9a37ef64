import type { Shapes } from "./shapes.js";

/** Every problem that the API describes: `key` tells which. Others may come. */
export type Problem = {
  [Name in keyof Shapes]: Name extends `${string}Problem` ? Shapes[Name] : never;
}[keyof Shapes];

export type ProblemKey = Problem["key"];

/** An answer that is no success. `problem` is null where it did not come from the API, but from a proxy before it. */
export class PracticeError<Known extends Problem = Problem> extends Error {
  override readonly name = "PracticeError";
  readonly problem: Known | null;
  readonly response: Response;

  constructor(response: Response, problem: Known | null) {
    // Without the query: a draft's token may stand in it.
    const place = response.url.replace(/[?#].*/, "");
    super(`${response.status} from ${place}: ${problem?.detail ?? problem?.title ?? response.statusText}`);
    this.problem = problem;
    this.response = response;
  }

  get status(): number {
    return this.response.status;
  }
}

/** Whether something that was caught is this problem of the API. */
export function isProblem<Key extends ProblemKey>(
  caught: unknown,
  key: Key,
): caught is PracticeError<Extract<Problem, { key: Key }>> & { problem: Extract<Problem, { key: Key }> } {
  return caught instanceof PracticeError && caught.problem?.key === key;
}

/** The answer to a request. Throws a `PracticeError` where there is none. */
export async function read<Answer>(
  asked: Promise<{ data?: Answer; error?: unknown; response: Response }>,
): Promise<Answer> {
  const { data, error, response } = await asked;
  if (!response.ok) throw new PracticeError(response, asProblem(error));
  return data as Answer;
}

function asProblem(error: unknown): Problem | null {
  return typeof error === "object" && error !== null && "key" in error ? (error as Problem) : null;
}
