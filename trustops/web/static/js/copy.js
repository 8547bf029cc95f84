// A copy button for everything that carries data-copy. Without script the value is there to select.
"use strict";

(() => {
  if (!navigator.clipboard) return;

  const say = (button, said, words) => {
    button.textContent = said;
    button.toggleAttribute("data-copied", said === "Copied");
    setTimeout(() => {
      button.textContent = words;
      button.removeAttribute("data-copied");
    }, 2000);
  };

  const copy = async (button, value, words) => {
    try {
      await navigator.clipboard.writeText(value);
      say(button, "Copied", words);
    } catch {
      say(button, "Select it and copy by hand", words);
    }
  };

  // In a sentence a button would stand between its words, so it stands behind the sentence.
  const sentenceAround = (holder) => {
    const block = holder.closest(".prose :is(p, li, td)");
    return block && block.textContent.trim() !== holder.textContent.trim() ? block : null;
  };

  const ready = new WeakSet();

  const addButton = (holder) => {
    if (ready.has(holder)) return;
    ready.add(holder);
    const sentence = sentenceAround(holder);
    const value = holder.dataset.copy;
    const name = holder.dataset.copyLabel || "this";
    const words = sentence ? `Copy ${value.slice(0, 6)}…` : `Copy ${name}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    button.textContent = words;
    button.title = `Copy ${name}`;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(button, value, words));
    (sentence || holder).append(" ", button);
  };

  const run = (root) => root.querySelectorAll("[data-copy]").forEach(addButton);

  run(document);
  document.addEventListener("htmx:load", (event) => run(event.target));
})();
