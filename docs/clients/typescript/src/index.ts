export { createPracticeClient, type PracticeClient, type PracticeOptions } from "./client.js";
export { isProblem, PracticeError, type Problem, type ProblemKey, read } from "./problems.js";
export { type Retries, withRetries } from "./retries.js";
export { allRows, everyRow, type ListPath, type ListQuery, type RowOf } from "./rows.js";
export type { components, operations, paths } from "./schema.js";
export type { Block, Page, Shapes, Whole } from "./shapes.js";
export { surrogateKeys } from "./surrogate-keys.js";
export { readWebhook, verifyWebhook, type WebhookMessage, type WebhookType } from "./webhooks.js";
