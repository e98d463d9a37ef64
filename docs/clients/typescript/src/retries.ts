export type Fetch = (request: Request, init?: RequestInit) => Promise<Response>;

export interface Retries {
  /** How often a request is sent again at most. */
  times: number;
  /** Seconds before the first of them, where the API names no time. It doubles each time. */
  firstWait: number;
  /** Where the API asks for more seconds than these, its answer is given back at once. */
  longestWait: number;
  /** Seconds after which an attempt without an answer is given up. */
  timeout: number;
}

const USUAL: Retries = { times: 3, firstWait: 0.5, longestWait: 60, timeout: 30 };

/** Too many requests, or a server that is away for a moment. */
const PASSING = new Set([429, 502, 503, 504]);

/**
 * A `fetch` that tries again when no answer comes, or one that says “not now”, after as long as `Retry-After` asks.
 * Only what may arrive twice is sent twice: reading, and whatever carries an `Idempotency-Key`.
 */
export function withRetries(fetch: Fetch, retries: Partial<Retries> = {}): Fetch {
  const { times, firstWait, longestWait, timeout } = { ...USUAL, ...retries };
  return async (request, init) => {
    for (let tried = 0; ; tried += 1) {
      const isLast = tried >= times || !mayArriveTwice(request);
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeout * 1000)]);
      const answer = await fetch(isLast ? request : request.clone(), { ...init, signal }).catch((error) => {
        if (isLast || request.signal.aborted) throw error;
        return null;
      });
      if (answer && (isLast || !PASSING.has(answer.status))) return answer;

      // Not all at the same moment: between half of the wait and the whole of it.
      const wait = secondsAskedFor(answer) ?? firstWait * 2 ** tried * (1 - Math.random() / 2);
      if (answer && wait > longestWait) return answer;
      await answer?.body?.cancel();
      await pause(Math.min(wait, longestWait), request.signal);
    }
  };
}

function mayArriveTwice({ method, headers }: Request): boolean {
  return method === "GET" || method === "HEAD" || headers.has("Idempotency-Key");
}

/** `Retry-After` is a number of seconds, or a date. */
function secondsAskedFor(answer: Response | null): number | null {
  const asked = answer?.headers.get("Retry-After");
  if (!asked) return null;
  const seconds = /^\d+$/.test(asked) ? Number(asked) : (Date.parse(asked) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
}
