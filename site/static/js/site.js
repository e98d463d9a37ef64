// What every page shares. Each part does nothing where its `data-` hook is missing, and the page works without it.
import "./quick-exit.js";
import "./error-summary.js";
