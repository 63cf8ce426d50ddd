// Starts the design system's components. The address comes from the page, because stored static files carry hashes in
// their names. If the file does not arrive, the page works without it.
const { initAll } = await import(document.body.dataset.frontend);
initAll();

// The design system says on a radio button whether its follow-up question is open. ARIA has no such word for radio
// buttons, so nothing reads it, and checkers count it as a mistake.
const tidy = () =>
  document.querySelectorAll("input[type=radio][aria-expanded]").forEach((radio) => radio.removeAttribute("aria-expanded"));
tidy();
document.addEventListener("click", tidy);
