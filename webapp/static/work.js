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

// Several cases ticked at once: all or none of a list by one button.
for (const form of document.querySelectorAll("form.several")) {
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const button = form.querySelector("[data-all]");
  const all = () => boxes.every((box) => box.checked);
  const told = () => { button.textContent = all() ? button.dataset.none : button.dataset.all; };
  button.addEventListener("click", () => {
    const ticked = !all();
    for (const box of boxes) box.checked = ticked;
    told();
  });
  form.addEventListener("change", told);
  addEventListener("pageshow", told);
  told();
  button.hidden = false;
}
