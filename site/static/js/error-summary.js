// A form that came back with errors: the list of them takes the focus, so that a screen reader starts there.
document.querySelector("[data-error-summary]")?.focus();
