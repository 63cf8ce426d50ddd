// Runs before the page is drawn, so that components which need JavaScript do not flash. A file and not an inline
// script: a page without a nonce in it can be answered with 304.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
