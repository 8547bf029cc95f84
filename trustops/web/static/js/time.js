// The reader's own time beside each UTC instant, and countdowns that move. The page is complete
// without it. Time is the server's: a wrong clock on the reader's side does not change what is left.
"use strict";

(() => {
  const MINUTE = 60_000;
  const meta = document.querySelector('meta[name="server-time"]');
  const skew = meta ? Date.parse(meta.content) - Date.now() : 0;
  const now = () => Date.now() + skew;
  const language = document.documentElement.lang || "en";
  const locale = language === "en" ? "en-GB" : language;

  const localText = (instant) => {
    // The day of UTC stands beside it; where it is another day for the reader, that has to be said.
    const sameDay = instant.getUTCDate() === instant.getDate();
    const day = sameDay ? {} : { day: "numeric", month: "short" };
    const format = new Intl.DateTimeFormat(locale, { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    return format.format(instant);
  };

  const addLocal = (element) => {
    const instant = new Date(element.dateTime);
    element.removeAttribute("data-local");
    if (Number.isNaN(instant.getTime()) || instant.getTimezoneOffset() === 0) return;
    const local = document.createElement("span");
    local.className = "instant-local";
    local.textContent = ` (${localText(instant)} your time)`;
    element.append(local);
  };

  // The same words as components/countdown.html.
  const spanWords = (milliseconds) => {
    const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
    if (minutes === 0) return "due now";
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    const words = hours ? `${hours} h ${String(rest).padStart(2, "0")} min` : `${rest} min`;
    return milliseconds < 0 ? `−${words}` : `${words} left`;
  };

  const tick = () => {
    for (const element of document.querySelectorAll("[data-countdown]")) {
      const due = new Date(element.dateTime);
      const left = due.getTime() - now();
      if (Number.isNaN(left)) continue;
      element.textContent = spanWords(left);
      element.toggleAttribute("data-overdue", left <= -MINUTE);
      if (!element.title.includes("your time") && due.getTimezoneOffset() !== 0) {
        element.title += ` (${localText(due)} your time)`;
      }
    }
  };

  const run = (root) => {
    root.querySelectorAll("time[data-local]").forEach(addLocal);
    tick();
  };

  run(document);
  setInterval(tick, MINUTE / 2);
  document.addEventListener("htmx:load", (event) => run(event.target));
})();
