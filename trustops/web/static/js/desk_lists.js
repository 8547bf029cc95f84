// A list that refreshes itself (data-live-list) leaves alone what somebody is doing with it: it
// stands still while rows are chosen, and the focus stays where it was or goes to the neighbour.
"use strict";

(() => {
  const LIVE = "[data-live-list]";
  const CHOSEN = 'input[type="checkbox"]:checked';
  let rowInFocus = -1;

  const rowLinks = (list) => [...list.querySelectorAll("[data-row-link]")];

  const holdsChoice = (list) => Boolean(list.querySelector(CHOSEN));

  const liveList = (event) => event.target.closest?.(LIVE);

  // Do not ask while rows are chosen; an answer that was under way meanwhile is put aside.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const list = liveList(event);
    if (list && holdsChoice(list)) event.preventDefault();
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const list = liveList(event);
    if (!list) return;
    if (holdsChoice(list)) {
      event.detail.shouldSwap = false;
      return;
    }
    rowInFocus = rowLinks(list).indexOf(document.activeElement);
  });

  // The library puts the focus back by id; a row that is gone leaves it to the row in its place.
  document.addEventListener("htmx:afterSettle", () => {
    const list = document.querySelector(LIVE);
    if (!list || rowInFocus < 0) return;
    const links = rowLinks(list);
    const lost = document.activeElement === document.body || !document.activeElement;
    if (lost) links[Math.min(rowInFocus, links.length - 1)]?.focus({ preventScroll: true });
    rowInFocus = -1;
  });

  const say = (form) => {
    const words = form.querySelector("[data-chosen-count]");
    if (!words) return;
    const count = form.querySelectorAll(CHOSEN).length;
    words.textContent = count === 1 ? "1 ticket chosen" : `${count} tickets chosen`;
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches('input[type="checkbox"]') && event.target.form) say(event.target.form);
  });

  // A form is empty only after its reset event has passed.
  document.addEventListener("reset", (event) => setTimeout(() => say(event.target), 0));
})();
