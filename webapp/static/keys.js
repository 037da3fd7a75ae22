// Keys for who works without a mouse; everything can be done without them, and they can be turned off.
"use strict";

(() => {
  const panel = document.getElementById("phim-tat");
  const used = document.getElementById("dung-phim-tat");
  const form = document.querySelector("form#form");
  const rows = () => [...document.querySelectorAll(".pile li")];
  const KEPT = "phim-tat", OFF = "tat";
  const FIELDS = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

  // A browser that keeps nothing listens as it was delivered.
  const kept = (value) => {
    try {
      if (value !== undefined) localStorage.setItem(KEPT, value);
      return localStorage.getItem(KEPT);
    } catch { return null; }
  };

  // What is folded away is unfolded first, and what is folded for phones only is none the worse for it.
  const go = (found) => {
    if (!found) return;
    found.closest("details")?.setAttribute("open", "");
    found.focus();
  };
  // What was searched before is typed over.
  const search = () => { const words = document.getElementById("tim"); go(words); words.select(); };
  const here = () => rows().findIndex((row) => row.contains(document.activeElement));
  const walk = (by) => rows()[Math.max(0, here() + by)]?.querySelector("a").focus();
  const tick = () => rows()[here()]?.querySelector("input[type=checkbox]")?.click();
  const show = () => { panel.open = true; panel.querySelector("summary").focus(); };

  const keys = form
    ? { t: () => go(document.getElementById("text")), p: () => go(document.getElementById("kind")) }
    : { j: () => walk(1), k: () => walk(-1), x: tick, "/": search };
  if (!rows().length) keys.v = () => document.querySelector(".bar nav a").click();
  keys["?"] = show;

  // The main act is never done by one chord alone: that brings to its button, where it or Enter does it.
  const main = () => [...form.querySelectorAll(".button:not(.second, .plain)")].find((button) => button.checkVisibility());

  addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || event.altKey || event.metaKey) return;
    if (event.ctrlKey && event.key === "Enter" && form) {
      const button = main();
      if (!button) return;
      event.preventDefault();
      if (button === document.activeElement) button.click();
      else button.focus();
      return;
    }
    if (event.key === "Escape" && panel.open && panel.contains(document.activeElement)) panel.open = false;
    if (event.ctrlKey || !used.checked || event.target.matches(FIELDS)) return;
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });

  used.checked = kept() !== OFF;
  used.addEventListener("change", () => kept(used.checked ? "" : OFF));
  panel.hidden = false;
})();
