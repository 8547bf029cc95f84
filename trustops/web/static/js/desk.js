// Keys, menus and the help of the desk. A key presses whatever visible thing carries it in
// data-shortcut; single keys can be turned off, and never act while somebody types.
"use strict";

(() => {
  const KEY = "trustops.single-keys";
  const SEQUENCE_MS = 1200;
  const help = document.querySelector('[data-dialog="keyboard-help"]');
  let first = "";
  let firstAt = 0;

  const keysAreOn = () => {
    try {
      return localStorage.getItem(KEY) !== "off";
    } catch {
      return true;
    }
  };

  const typing = (element) =>
    element.isContentEditable ||
    element.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit])");

  const visible = (element) => element.getClientRects().length > 0 && !element.disabled;

  const press = (shortcut) => {
    const target = [...document.querySelectorAll("[data-shortcut]")].find(
      (element) => element.dataset.shortcut === shortcut && visible(element),
    );
    if (!target) return false;
    if (target.matches("input[type=radio]")) {
      target.click();
      target.form.querySelector("[data-composer-words]")?.focus();
    } else if (target.matches("input, textarea, select")) {
      target.focus();
      target.select?.();
    } else {
      target.click();
    }
    return true;
  };

  const rowLinks = () => [...document.querySelectorAll("[data-row-link]")];

  const moveRow = (step) => {
    const links = rowLinks();
    if (links.length === 0) return false;
    const at = links.indexOf(document.activeElement);
    const next = at === -1 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
    links[next].focus();
    links[next].closest("[data-row]")?.scrollIntoView({ block: "nearest" });
    return true;
  };

  const openRow = () => {
    const link = rowLinks().find((candidate) => candidate === document.activeElement);
    link?.click();
    return Boolean(link);
  };

  const choiceOfRow = () => document.activeElement.closest("[data-row]")?.querySelector('input[type="checkbox"]');

  const chooseRow = () => {
    const choice = choiceOfRow();
    choice?.click();
    return Boolean(choice);
  };

  // In a list, what acts on chosen rows shows only once there are any: the row in focus stands in.
  const assign = () => {
    if (press("a")) return true;
    const choice = choiceOfRow();
    if (!choice || choice.checked) return false;
    choice.click();
    return press("a");
  };

  const open = (dialog) => {
    if (dialog && !dialog.open) dialog.showModal();
    return Boolean(dialog);
  };

  const actions = {
    j: () => moveRow(1),
    k: () => moveRow(-1),
    o: openRow,
    x: chooseRow,
    a: assign,
    "?": () => open(help),
  };

  const handle = (key) => {
    if (first && performance.now() - firstAt < SEQUENCE_MS) {
      const sequence = `${first} ${key}`;
      first = "";
      if (press(sequence)) return true;
    }
    if (key === "g") {
      first = "g";
      firstAt = performance.now();
      return true;
    }
    return actions[key] ? actions[key]() : press(key);
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      document.querySelectorAll("[data-menu][open]").forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      if (typing(event.target)) event.target.blur();
      return;
    }
    if (!keysAreOn() || document.querySelector("dialog[open]") || event.key.length !== 1 || typing(event.target)) return;
    if (handle(event.key)) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll("[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    event.target.closest("[data-dismiss]")?.closest(".notice")?.remove();
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      opener.closest("[data-menu]")?.removeAttribute("open");
      open(document.querySelector(`[data-dialog="${opener.dataset.opens}"]`));
    }
  });

  document.querySelectorAll("[data-opens]").forEach((button) => button.removeAttribute("hidden"));

  const toggle = help?.querySelector("input[name=single-keys]");
  if (toggle) {
    toggle.checked = keysAreOn();
    toggle.addEventListener("change", () => {
      try {
        localStorage.setItem(KEY, toggle.checked ? "on" : "off");
      } catch {
        // Storage is closed to us: single keys stay on.
      }
    });
  }
})();
