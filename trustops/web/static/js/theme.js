// Light, dark or as the system has it: kept in this browser. Runs before the first paint, so it is
// the one script that is not deferred.
"use strict";

(() => {
  const KEY = "trustops.theme";
  const root = document.documentElement;

  const stored = () => {
    try {
      return localStorage.getItem(KEY) || "system";
    } catch {
      return "system";
    }
  };

  const apply = (choice) => {
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
  };

  const mark = (choice) => {
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    }
  };

  const choose = (choice) => {
    apply(choice);
    mark(choice);
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // Storage is closed to us: the choice holds for this page.
    }
  };

  apply(stored());

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-theme-choices]").forEach((choices) => choices.removeAttribute("hidden"));
    mark(stored());
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (button) choose(button.dataset.themeChoice);
  });
})();
