// Warns before a recovery phrase or a key leaves a form, by the rules of the server's guard (static/js/guard/). Those
// are loaded when somebody first goes to a field. The server stays the authority: it looks again, and it alone looks
// where this script does not run. Nothing is sent anywhere and nothing is stored.
"use strict";

(() => {
  const [rules, lists] = (document.querySelector('meta[name="guard"]')?.content ?? "").split(" ");
  const PAUSE_MS = 350;
  const LONGEST_WAIT_MS = 3000;
  const SHORTEST = 12;
  const MOST_FAILURES = 2;
  const FIELDS = "textarea, input[type=text], input[type=search], input[type=url], input[type=email]";
  const TRANSACTION = "tx_hash";

  let guard = null;
  let loading = null;
  let failures = 0;
  const pauses = new WeakMap();
  const warned = new WeakSet();
  const unlooked = new WeakSet();

  const addScript = (address) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });

  const read = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error("the lists of the guard were not read");
    return answer.json();
  };

  const load = () => {
    if (failures === MOST_FAILURES) return Promise.resolve();
    loading ??= Promise.all([read(lists), addScript(rules)])
      .then(([data]) => {
        trustopsGuard.start(data);
        guard = trustopsGuard;
      })
      .catch(() => {
        // Offline, or a browser that is too old for the rules: the server looks, as it does for everybody.
        loading = null;
        failures += 1;
      });
    return loading;
  };

  const isField = (element) => element.matches?.(FIELDS) && !element.readOnly && element.form !== null;
  const isGuarded = (form) => form instanceof HTMLFormElement && !form.querySelector("input[type=password]");
  const fieldsOf = (form) => [...form.elements].filter((element) => isField(element));
  const isTransaction = (field) => field.name === TRANSACTION;
  // What the server put there it has looked at.
  const isTyped = (field) => field.value.trim().length >= SHORTEST && field.value !== field.defaultValue;
  const strongest = (findings) => findings.find(({ certain }) => certain) ?? findings[0];
  const boxOf = (field) => document.getElementById(`${field.id}-secret`);

  const described = (field, change) => {
    const ids = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    change(ids);
    if (ids.size > 0) field.setAttribute("aria-describedby", [...ids].join(" "));
    else field.removeAttribute("aria-describedby");
  };

  const clear = (field) => {
    const box = boxOf(field);
    if (!box) return;
    described(field, (ids) => ids.delete(box.id));
    field.removeAttribute("aria-invalid");
    delete field.dataset.secret;
    box.remove();
  };

  const put = (field, text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    look(field);
    field.focus();
  };

  // Everything that is known to stand there goes; where a find cannot be placed, the whole field does.
  const takeOut = (field) => {
    let text = field.value;
    const places = guard.places(text, { transaction: isTransaction(field) }).sort((one, other) => other[0] - one[0]);
    for (const [start, end] of widened(places)) text = text.slice(0, start) + guard.data.place_left + text.slice(end);
    const left = guard.find(text, { transaction: isTransaction(field) });
    put(field, places.length > 0 && left.length === 0 ? text : "");
  };

  // Places that overlap, as one; the last comes first.
  const widened = (places) => {
    const all = [];
    for (const [start, end] of places) {
      const last = all.at(-1);
      if (last && end >= last[0]) all[all.length - 1] = [start, Math.max(end, last[1])];
      else all.push([start, end]);
    }
    return all;
  };

  const HASH = /(?<![0-9a-z])(?:0x)?[0-9a-f]{64}(?![0-9a-f])/gi;
  const nameTransaction = (field) => put(field, field.value.replace(HASH, "transaction $&"));

  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.dataset.kind = "quiet";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };

  const warn = (field, { kind, certain }) => {
    const state = `${kind} ${certain}`;
    if (boxOf(field) && field.dataset.secret === state) return;
    clear(field);
    const box = document.createElement("div");
    box.className = "error-summary secret-warning";
    box.id = `${field.id}-secret`;
    box.tabIndex = -1;
    box.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = (certain ? guard.data.warnings : guard.data.doubts)[kind];
    const actions = document.createElement("div");
    actions.className = "form-actions";
    if (!certain && kind === "private_key" && field.value.match(HASH)) {
      actions.append(button("It is a transaction hash", () => nameTransaction(field)));
    }
    actions.append(button("Take it out", () => takeOut(field)));
    box.append(words, actions);
    const main = field.closest("main") ? null : document.querySelector("main");
    if (main) main.prepend(box);
    else field.before(box);
    field.dataset.secret = state;
    field.setAttribute("aria-invalid", "true");
    described(field, (ids) => ids.add(box.id));
    field.dispatchEvent(new CustomEvent("trustops:secret", { bubbles: true }));
  };

  // One field, while somebody types.
  const look = (field) => {
    if (guard === null || !field.id) return;
    const short = field.value.trim().length < SHORTEST;
    const found = short ? [] : guard.find(field.value, { transaction: isTransaction(field) });
    if (found.length > 0) warn(field, strongest(found));
    else clear(field);
  };

  // All of a form, before it is sent: a phrase may be spread over its fields.
  const lookAtForm = (form) => {
    const sent = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const fields = fieldsOf(form).filter((field) => field.id);
    const found = guard.findInForm(sent, [TRANSACTION]);
    for (const field of fields) {
      const own = found.filter(({ place }) => sent[place][0] === field.name);
      if (own.length > 0) warn(field, strongest(own));
      else clear(field);
    }
    return fields.find((field) => boxOf(field)) ?? null;
  };

  const sendAgain = (form, submitter) => {
    if (guard === null) unlooked.add(form);
    form.requestSubmit(submitter);
  };

  const watchSubmit = (event) => {
    const { target: form, submitter } = event;
    if (!isGuarded(form) || unlooked.delete(form)) return;
    if (!fieldsOf(form).some(isTyped)) return;
    const stop = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (guard === null) {
      if (failures === MOST_FAILURES) return;
      stop();
      const wait = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS));
      // Later than this event: a form that is being sent cannot be sent.
      Promise.race([load(), wait]).then(() => setTimeout(() => sendAgain(form, submitter)));
      return;
    }
    const field = lookAtForm(form);
    if (field === null || warned.has(form)) return;
    stop();
    warned.add(form);
    boxOf(field).focus();
  };

  const watchInput = (event) => {
    const field = event.target;
    if (!isField(field) || !isGuarded(field.form)) return;
    warned.delete(field.form);
    load();
    clearTimeout(pauses.get(field));
    const pause = event.inputType === "insertFromPaste" ? 0 : PAUSE_MS;
    pauses.set(
      field,
      setTimeout(() => load().then(() => look(field)), pause),
    );
  };

  if (lists) {
    document.addEventListener("focusin", ({ target }) => {
      if (isField(target) && isGuarded(target.form)) load();
    });
    document.addEventListener("input", watchInput);
    // Somebody is about to store what stands in a field (static/js/drafts.js): look first.
    document.addEventListener("trustops:keeping", ({ target }) => look(target));
    document.addEventListener("submit", watchSubmit, { capture: true });
  }
})();
