"use strict";
// What both pages share: the language, which is kept in the address, and copying.
const root = document.documentElement;
const language = () => root.dataset.lang;
const state = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
const listeners = [];

function remember(changes) {
  const kept = state();
  for (const [name, value] of Object.entries(changes)) value ? kept.set(name, value) : kept.delete(name);
  location.replace("#" + (kept.toString() || "list"));  // an empty one would jump to the top
}

function speak(lang) {
  root.lang = lang === "zh" ? "zh-CN" : "en";
  root.dataset.lang = lang;
  for (const place of document.querySelectorAll("[data-text-zh]")) place.textContent = place.getAttribute("data-text-" + lang);
  for (const place of document.querySelectorAll("[data-label-zh]")) place.setAttribute("aria-label", place.getAttribute("data-label-" + lang));
  for (const button of document.querySelectorAll("button[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
  for (const link of document.querySelectorAll("a[data-page]")) link.href = link.dataset.page + "#lang=" + lang;
  for (const listener of listeners) listener();
}

async function copy(button) {
  const text = button.parentElement.querySelector("code");
  try {
    await navigator.clipboard.writeText(text.textContent);
  } catch {
    getSelection().selectAllChildren(text);
    document.execCommand("copy");
  }
  const words = button.querySelectorAll("[data-done]");
  for (const word of words) word.hidden = !word.hidden;
  setTimeout(() => { for (const word of words) word.hidden = !word.hidden; }, 2000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.lang) { remember({ lang: button.dataset.lang }); speak(button.dataset.lang); }
  if (button.dataset.copy !== undefined) copy(button);
  if (button.dataset.print !== undefined) print();
});
addEventListener("beforeprint", () => { for (const part of document.querySelectorAll("details:not(.tabled)")) part.open = true; });
addEventListener("DOMContentLoaded", () => speak(["zh", "en"].includes(state().get("lang")) ? state().get("lang") : language()));
