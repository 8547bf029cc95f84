// What an agent has begun to write stays in this tab (sessionStorage, one entry a ticket) until the
// same words stand in the ticket's timeline, or until they are refused, or warned of, as a phrase or a key: such words
// are kept nowhere. Staff pages only; public forms are never kept.
"use strict";

(() => {
  const PREFIX = "trustops.draft.";
  const PAUSE_MS = 400;
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

  // The answer names the ticket in its address, and nothing of what was refused.
  const forgetRefused = () => {
    if (!document.querySelector("[data-secret-refused]")) return;
    for (const part of location.pathname.split("/")) write(PREFIX + part, null);
  };

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
    let sent = false;
    // The guard looks before anything is stored (static/js/secrets.js), and says what it thinks in the field.
    const isKept = () => {
      words.dispatchEvent(new CustomEvent("trustops:keeping", { bubbles: true }));
      return words.value.trim() && !words.dataset.secret;
    };
    const keep = (sending) => write(key, isKept() ? { body: words.value, mode: modeOf(form), sending } : null);

    restore(form, key);
    let pause = 0;
    const keepNow = () => {
      clearTimeout(pause);
      pause = 0;
      keep(false);
    };
    form.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(keepNow, PAUSE_MS);
    });
    window.addEventListener("pagehide", () => {
      if (pause) keepNow();
    });
    form.addEventListener("submit", () => {
      clearTimeout(pause);
      pause = 0;
      sent = true;
      keep(true);
    });
    words.addEventListener("trustops:secret", () => write(key, null));
    // A page that comes back from the browser's memory after its words were refused, or stored.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted && sent && !read(key)) words.value = "";
    });
    form.querySelector("[data-composer-discard]").addEventListener("click", () => {
      clearTimeout(pause);
      pause = 0;
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

  forgetRefused();
  run(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) run(event.target);
  });
})();
