import { defineConfig, envField } from "astro/config";

export default defineConfig({
  trailingSlash: "always",
  devToolbar: { enabled: false },
  env: {
    schema: {
      // Where the practice's API answers, for the build and for visitors' browsers.
      PRACTICE_API: envField.string({
        context: "client",
        access: "public",
        default: "http://localhost:8000/api/v2",
      }),
    },
  },
  // No style and no script inside the pages: so the policy in Head.astro can forbid them.
  build: { inlineStylesheets: "never", concurrency: 4 },
  vite: { build: { assetsInlineLimit: 0 } },
});
