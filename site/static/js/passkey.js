// Lets a passkey answer a form. The form stays hidden where the browser knows no passkeys.
const form = document.querySelector("[data-passkey]");
const { publicKey } = JSON.parse(document.getElementById("passkey-options").textContent);
const failed = form.querySelector("[data-passkey-failed]");

const ceremonies = {
  create: () => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) }),
  get: () => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) }),
};

async function answer(event) {
  event.preventDefault();
  failed.hidden = true;
  try {
    const credential = await ceremonies[form.dataset.passkey]();
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  form.hidden = false;
  document.querySelector("[data-passkey-missing]")?.remove();
  form.addEventListener("submit", answer);
}
