/** What an answer is made of: the tags to keep it under, until a webhook names one of them. */
export function surrogateKeys({ headers }: Response): string[] {
  const named = headers.get("Surrogate-Key") ?? headers.get("Cache-Tag") ?? "";
  return named.split(/[\s,]+/).filter(Boolean);
}
