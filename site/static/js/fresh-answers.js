/* A page of the form that the browser kept whole may show answers that were cleared or sent since: ask anew. */
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
