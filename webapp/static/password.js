// Adds what only a script can do: a button that shows the typed password, which need not be typed twice then.
"use strict";

for (const button of document.querySelectorAll("[data-other]")) {
  const form = button.form;
  const boxes = form.querySelectorAll("input[type=password]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = boxes[0].type === "text";
    for (const box of boxes) box.type = shown ? "password" : "text";
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
  });
  // Browsers remember what is sent from a plain box.
  form.addEventListener("submit", () => { for (const box of boxes) box.type = "password"; });
}
