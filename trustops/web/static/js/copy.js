// A copy button for everything that carries data-copy. Without script the value is there to select.
"use strict";

(() => {
  if (!navigator.clipboard) return;

  // What stands in the line beside the button is said again only to whoever hears the button alone.
  const label = (button, words, about) => {
    button.textContent = words;
    if (!about) return;
    const unseen = document.createElement("span");
    unseen.className = "visually-hidden";
    unseen.textContent = ` ${about}`;
    button.append(unseen);
  };

  const say = (button, said, words, about) => {
    button.textContent = said;
    button.toggleAttribute("data-copied", said === "Copied");
    setTimeout(() => {
      label(button, words, about);
      button.removeAttribute("data-copied");
    }, 2000);
  };

  const copy = async (button, value, words, about) => {
    try {
      await navigator.clipboard.writeText(value);
      say(button, "Copied", words, about);
    } catch {
      say(button, "Select it and copy by hand", words, about);
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
    const about = holder.dataset.copyAbout;
    const words = sentence ? `Copy ${value.slice(0, 6)}…` : `Copy ${name}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    label(button, words, about);
    button.title = about ? `Copy ${name} ${about}` : `Copy ${name}`;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(button, value, words, about));
    (sentence || holder).append(" ", button);
  };

  const run = (root) => root.querySelectorAll("[data-copy]").forEach(addButton);

  run(document);
  document.addEventListener("htmx:load", (event) => run(event.target));
})();
