// Short words at the edge of the screen. The server sends them with the header
// HX-Trigger: {"toast": {"text": "…", "kind": "success", "href": "…", "label": "Undo"}};
// an answer that failed or never came says so by itself.
"use strict";

(() => {
  const region = document.querySelector("[data-toasts]");
  if (!region) return;
  const STAYS_MS = 8000;

  const build = ({ text, kind = "info", href, label }) => {
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset.kind = kind;
    const words = document.createElement("span");
    words.textContent = text;
    toast.append(words);
    if (href && href.startsWith("/") && !href.startsWith("//")) {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = label || "Show";
      toast.append(link);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.className = "toast-close";
    close.textContent = "Close";
    close.addEventListener("click", () => toast.remove());
    toast.append(close);
    return toast;
  };

  const show = (detail) => {
    // A page that asks again and again says the same trouble once.
    const same = [...region.querySelectorAll(".toast > span")].some((words) => words.textContent === detail.text);
    if (same) return;
    const toast = build(detail);
    region.append(toast);
    // What asks for an action, or tells of trouble, stays until it is closed.
    if (!detail.href && detail.kind !== "danger") setTimeout(() => toast.remove(), STAYS_MS);
  };

  document.addEventListener("toast", (event) => show(event.detail));
  document.addEventListener("htmx:sendError", () =>
    show({ kind: "danger", text: "The desk could not be reached. Nothing was changed. Try again in a moment." }),
  );
  document.addEventListener("htmx:responseError", (event) =>
    show(
      event.detail.xhr.status === 401
        ? { kind: "danger", text: "You are no longer signed in, so this page stands still.", href: "/desk/sign-in", label: "Sign in" }
        : { kind: "danger", text: "That did not work. Load the page again to see where things stand." },
    ),
  );
})();
