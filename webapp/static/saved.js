// Puts a saved reply into the box of the answer where the cursor stands; without it the page does so by a form.
"use strict";

for (const button of document.querySelectorAll("button[data-into]")) {
  const box = document.getElementById(button.dataset.into);
  const choice = button.parentElement.querySelector("select");
  if (!box || !choice) continue;
  let touched = false;
  box.addEventListener("focus", () => { touched = true; });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const words = choice.selectedOptions[0].dataset.words;
    if (!words) { choice.focus(); return; }
    const at = touched ? box.selectionStart : box.value.length;
    const end = touched ? box.selectionEnd : at;
    const apart = at > 0 && at === box.value.length && !/\n\s*$/.test(box.value) ? "\n\n" : "";
    box.setRangeText(apart + words, at, end, "end");
    box.focus();
    // The first gap is chosen, ready to be written over.
    const gap = words.search(/\[(…|\.\.\.)\]/);
    if (gap >= 0) {
      const from = at + apart.length + gap;
      box.setSelectionRange(from, from + (words[gap + 1] === "…" ? 3 : 5));
    }
    choice.selectedIndex = 0;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
