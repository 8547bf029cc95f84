// What an agent has begun to write stays in this tab (sessionStorage, one entry a ticket) until the
// same words stand in the ticket's timeline. Staff pages only; public forms are never kept.
"use strict";

(() => {
  const PREFIX = "trustops.draft.";
  const plain = (text) => text.replace(/\s+/g, " ").trim();

  const read = (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(key)) || null;
    } catch {
      return null;
    }
  };

  const write = (key, draft) => {
    try {
      if (draft) sessionStorage.setItem(key, JSON.stringify(draft));
      else sessionStorage.removeItem(key);
    } catch {
      // Storage is full or closed to us: the words still stand in the field.
    }
  };

  const wasSent = (draft) =>
    draft.sending &&
    [...document.querySelectorAll("[data-words]")].some((entry) => plain(decodeURIComponent(entry.dataset.words) || entry.textContent) === plain(draft.body));

  const modeOf = (form) => form.elements.visibility.value;

  const restore = (form, key) => {
    const words = form.querySelector("[data-composer-words]");
    const draft = read(key);
    if (!draft) return;
    if (wasSent(draft)) {
      write(key, null);
      return;
    }
    if (words.value !== "") return;
    words.value = draft.body;
    form.elements.visibility.value = draft.mode;
    form.querySelector("[data-composer-draft]").hidden = false;
  };

  const watch = (form) => {
    const key = PREFIX + form.dataset.composer;
    const words = form.querySelector("[data-composer-words]");
    const keep = (sending) => write(key, words.value.trim() ? { body: words.value, mode: modeOf(form), sending } : null);

    restore(form, key);
    form.addEventListener("input", () => keep(false));
    form.addEventListener("submit", () => keep(true));
    form.querySelector("[data-composer-discard]").addEventListener("click", () => {
      words.value = "";
      write(key, null);
      form.querySelector("[data-composer-draft]").hidden = true;
      words.focus();
    });
    words.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
  };

  const run = (root) => {
    if (root.matches?.("[data-composer]")) watch(root);
    root.querySelectorAll("[data-composer]").forEach(watch);
  };

  run(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) run(event.target);
  });
})();
