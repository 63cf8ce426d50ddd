// Joins a passkey button to django-allauth's script, which runs the browser's ceremony and posts the form.
// data-passkey names the ceremony, data-ids-* the elements that it uses. Without JavaScript the button stays hidden.
const button = document.querySelector("[data-passkey]");
if (button && window.PublicKeyCredential) {
  const ids = Object.fromEntries(
    Object.entries(button.dataset)
      .filter(([name]) => name.startsWith("ids"))
      .map(([name, id]) => [name.slice(3).toLowerCase(), id])
  );
  window.allauth.webauthn.forms[button.dataset.passkey]({ ids });
  button.hidden = false;
  // Refused by the browser or the person: without words the button would seem to do nothing.
  const refused = document.getElementById("passkey-refused");
  button.addEventListener("click", () => { refused.hidden = true; });
  document.addEventListener("allauth.error", () => { refused.hidden = false; });
}
