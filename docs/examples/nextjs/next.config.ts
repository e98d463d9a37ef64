import { join } from "node:path";
import type { NextConfig } from "next";

const PRACTICE_API = process.env["PRACTICE_API"] ?? "http://localhost:8000/api/v2";
/** The editor's preview panel shows drafts in a frame. */
const framedBy = { key: "Content-Security-Policy", value: `frame-ancestors 'self' ${new URL(PRACTICE_API).origin}` };

const config: NextConfig = {
  cacheComponents: true,
  partialPrefetching: false, // a new address waits for its page, which may be a 404
  trailingSlash: true, // as the practice's own addresses
  env: { PRACTICE_API }, // visitors' browsers ask it too
  turbopack: { root: join(import.meta.dirname, "../..") }, // the client's folder stands beside this one
  headers: async () => [
    { source: "/:path*", headers: [framedBy, { key: "Referrer-Policy", value: "no-referrer" }] },
  ],
};

export default config;
