// A built page cannot know that it has grown old; this says so, by the reader's own clock.
"use strict";

(() => {
  const HOUR = 3_600_000;
  const LONGEST_HOURS = 2;
  const IN_DAYS_FROM = 48;
  const meta = document.querySelector('meta[name="server-time"]');
  const madeAt = meta ? Date.parse(meta.content) : Number.NaN;

  const look = () => {
    const hours = Math.floor((Date.now() - madeAt) / HOUR);
    if (!(hours >= LONGEST_HOURS) || document.querySelector("[data-old]")) return;
    const banner = document.createElement("section");
    banner.className = "banner";
    banner.dataset.kind = "stale";
    banner.dataset.old = "";
    banner.setAttribute("aria-label", "This page may be old");
    const line = document.createElement("p");
    line.className = "banner-inner";
    const title = document.createElement("strong");
    title.className = "banner-title";
    title.textContent = "This page may be old";
    const words = document.createElement("span");
    const age = hours < IN_DAYS_FROM ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
    words.textContent = `By the clock of your device it was made ${age} ago. Load it again before you rely on it.`;
    line.append(title, words);
    banner.append(line);
    document.querySelector("header").before(banner);
  };

  look();
  setInterval(look, HOUR / 12);
})();
