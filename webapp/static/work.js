// Guards what is being typed; every page works without it.
// Leaving with unsaved words asks first, and a second click on the same button sends nothing twice.
"use strict";

for (const form of document.querySelectorAll("form#form")) {
  const typed = [...form.querySelectorAll("textarea")];
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("beforeunload", (event) => {
    if (!sent && typed.some((box) => box.value !== box.defaultValue)) event.preventDefault();
  });
  // A page brought back by the browser's back button may be sent again.
  addEventListener("pageshow", () => { sent = false; });
}
