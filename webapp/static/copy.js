// Adds what only a script can do: a button that copies a text. Without script the button stays hidden.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (await copy(button.dataset.copy)) status.textContent = button.dataset.done;
    button.focus();
  });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without HTTPS browsers offer no clipboard; the old way works there.
    return copyBySelection(text);
  }
}

function copyBySelection(text) {
  const box = document.body.appendChild(document.createElement("textarea"));
  box.value = text;
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}
