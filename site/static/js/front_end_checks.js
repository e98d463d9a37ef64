/*
 * Lets the editor's checks wait until a front end's preview has taken its place.
 *
 * Wagtail runs them as soon as the bar in the frame is ready. At another origin that may be a moment before
 * the new frame replaces the old one, and what is checked would be the page as it was before.
 */

const READY = "w-userbar:axe-ready";
let isWaiting = false;

// While it is captured, so that Wagtail's own listener hears only of what is shown.
window.addEventListener(
  "message",
  (event) => {
    const isReady = event.data?.wagtail?.type === READY && event.origin !== window.location.origin;
    if (isReady && event.source !== document.getElementById("w-preview-iframe")?.contentWindow) {
      event.stopImmediatePropagation();
      isWaiting = true;
    }
  },
  true,
);

document.addEventListener("w-preview:loaded", () => {
  if (isWaiting) {
    isWaiting = false;
    window.postMessage({ wagtail: { type: READY } }, window.location.origin);
  }
});
