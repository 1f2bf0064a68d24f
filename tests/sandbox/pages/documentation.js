// Gives the documentation of an API the credentials of a merchant, so that its requests can be tried at once.
const shown = document.querySelector("rapi-doc");
const headers = new Map();

async function sign() {
  const response = await fetch(`/_sandbox/docs/credentials${location.search}`);
  if (!response.ok) return;
  for (const { scheme, header, username, password, key } of await response.json()) {
    if (header) headers.set(header, key);
    else if (username) shown.setHttpUserNameAndPassword(scheme, username, password);
    else shown.setApiKey(scheme, key);
  }
  shown.dataset.signed = "true";
}

// A header that the document asks for as a parameter is added where its field was left empty.
shown.addEventListener("before-try", (event) => {
  for (const [name, value] of headers) {
    if (!event.detail.request.headers.get(name)) event.detail.request.headers.set(name, value);
  }
});
shown.addEventListener("spec-loaded", () => {
  sign();
  // Tokens of OMNO end after five minutes of the sandbox's time.
  setInterval(sign, 60_000);
});
