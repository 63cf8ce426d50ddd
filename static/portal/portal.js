// Starts the design system's components. The address comes from the page, because stored static files carry hashes in
// their names. If the file does not arrive, the page works without it.
const { initAll } = await import(document.body.dataset.frontend);
initAll();
