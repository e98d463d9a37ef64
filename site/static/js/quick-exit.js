// "Leave this site": replaces this page in the history, so that "Back" does not lead here. Escape three times does it too.
const link = document.querySelector("[data-quick-exit]");
const PAUSE = 700; // milliseconds between presses that still count as one gesture

function leave() {
  document.documentElement.hidden = true;
  location.replace(link.href);
}

if (link) {
  let presses = 0;
  let last = 0;

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = event.timeStamp - last < PAUSE ? presses + 1 : 1;
    last = event.timeStamp;
    if (presses === 3) leave();
  });
}
