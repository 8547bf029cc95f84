// A refused form starts at what has to be put right; a form under way is not sent twice.
// It never stores what somebody typed.
"use strict";

(() => {
  document.querySelector("[data-error-summary]")?.focus();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.hasAttribute("data-sending")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sending", "");
    setTimeout(() => form.removeAttribute("data-sending"), 10_000);
  });

  // A page that comes back from the browser's memory has nothing under way.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("[data-sending]").forEach((form) => form.removeAttribute("data-sending"));
  });
})();
