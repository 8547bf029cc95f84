// A link that leads to a closed row opens it. Without script the row is marked, and opens by hand.
"use strict";

(() => {
  const open = () => {
    const row = document.querySelector("details:target");
    if (row) row.open = true;
  };

  open();
  addEventListener("load", open);
  addEventListener("hashchange", open);
})();
