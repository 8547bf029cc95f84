// A copy button for everything that carries data-copy. Without script the value is there to select.
"use strict";

(() => {
  if (!navigator.clipboard) return;

  const say = (button, words) => {
    button.textContent = words;
    button.toggleAttribute("data-copied", words === "Copied");
    setTimeout(() => {
      button.textContent = "Copy";
      button.removeAttribute("data-copied");
    }, 2000);
  };

  const copy = async (button, value) => {
    try {
      await navigator.clipboard.writeText(value);
      say(button, "Copied");
    } catch {
      say(button, "Select it and copy by hand");
    }
  };

  const addButton = (holder) => {
    if (holder.querySelector(":scope > .copy-button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    button.textContent = "Copy";
    button.title = `Copy ${holder.dataset.copyLabel || "this"}`;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(button, holder.dataset.copy));
    holder.append(button);
  };

  const run = (root) => root.querySelectorAll("[data-copy]").forEach(addButton);

  run(document);
  document.addEventListener("htmx:load", (event) => run(event.target));
})();
