/** The one door to the practice, for the build and for visitors' browsers. */
import { PRACTICE_API } from "astro:env/client";
import { createPracticeClient } from "therapy-practice-client";

export const api = createPracticeClient({ baseUrl: PRACTICE_API });
