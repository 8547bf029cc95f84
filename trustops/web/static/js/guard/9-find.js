// The guard in the browser: keys in base58 and in files (trustops/guard/base58keys.py, prefixes.py and documents.py),
// and what a text or a form holds (trustops/guard/detect.py and rules.py).
"use strict";

((guard) => {
  const MOST_PIECES = 16;
  const span = (start, end, kind = "private_key", certain = true) => ({ start, end, kind, certain });
  const of = (match, kind, certain) => span(match.index, guard.end(match), kind, certain);
  const isMixed = (text) => /[0-9]/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text);

  function* ofRules({ text, low }, rules, kind) {
    for (const { marks, shape, proof } of rules) {
      if (!marks.some((mark) => low.includes(mark))) continue;
      for (const match of guard.each(shape, text)) {
        if (guard.namedProofs[proof](match[0])) yield of(match, kind);
      }
    }
  }

  const chainsOf = (text) => {
    const chains = [];
    let chain = [];
    for (const match of guard.each("base58keys.PIECE", text)) {
      if (chain.length > 0 && !guard.isWhole("base58keys.BREAK", text.slice(guard.end(chain.at(-1)), match.index))) {
        chains.push(chain);
        chain = [];
      }
      chain.push(match);
    }
    chains.push(chain);
    return chains;
  };

  function* proven({ text }) {
    if (!isMixed(text)) return;
    const longest = Math.max(...guard.proofs.keys());
    for (const chain of chainsOf(text)) {
      for (const [at, piece] of chain.entries()) {
        let joined = "";
        for (const next of chain.slice(at, at + MOST_PIECES)) {
          joined += next[0];
          if (joined.length > longest) break;
          const proof = guard.proofs.get(joined.length);
          if (proof && isMixed(joined) && proof(joined)) yield span(piece.index, guard.end(next));
        }
      }
    }
  }

  const isUpper = (text) => text === text.toUpperCase() && text !== text.toLowerCase();

  function* called({ text, low }) {
    for (const match of guard.each("base58keys.NEAR_A_CUE", text)) {
      if (isMixed(match[0]) && guard.hasKeyCue(low, match.index, guard.end(match))) yield of(match);
    }
    for (const match of guard.each("base58keys.CALLED", text)) {
      if ((isUpper(match[0]) || isMixed(match[0])) && guard.isCalledKey(low, match.index)) yield of(match);
    }
  }

  function* cardanoFiles(low) {
    const reach = guard.number("documents.FILE_CHARACTERS");
    for (const match of guard.each("documents.CBOR", low)) {
      const end = guard.end(match);
      const before = low.slice(Math.max(0, match.index - reach), match.index).split("{").at(-1);
      const after = low.slice(end, end + reach).split("}")[0];
      const has = (name) => [before, after].some((words) => guard.search(name, words));
      const signing = has("documents.SIGNING");
      if (signing || !has("documents.VERIFYING")) yield of(match, "private_key", signing);
    }
  }

  const isRandom = (values) =>
    new Set(values).size >= guard.number("documents.FEWEST_DIFFERENT") &&
    Math.max(...values) >= 128 &&
    values.some((value, at) => at > 0 && value < values[at - 1]);

  function* byteArrays(low) {
    for (const match of guard.each("documents.NUMBERS", low)) {
      const values = guard.integers(match[0].replace(/["']?\p{Nd}{1,2}["']?\s{0,2}:\s{0,2}/gu, ""));
      if (values.some((value) => value > 255)) continue;
      const before = low.slice(Math.max(0, match.index - 9), match.index);
      const shaped = values.length === 32 && isRandom(values);
      const said = () =>
        guard.search("documents.OPENING", before) || guard.hasKeyCue(low, match.index, guard.end(match));
      if ((shaped && said()) || guard.isPair(Uint8Array.from(values))) yield of(match);
    }
  }

  function* documents({ text, low }) {
    for (const match of guard.each("documents.PEM", low)) yield of(match);
    yield* cardanoFiles(low);
    if (guard.search("documents.WEB_KEY_KIND", low)) {
      for (const match of guard.each("documents.WEB_KEY", low)) yield of(match);
    }
    yield* byteArrays(low);
    for (const match of guard.each("documents.BASE64", text)) {
      if (guard.isPair(guard.ofBase64(match[0].replace(/=+$/, "")))) yield of(match);
    }
  }

  function* keystores({ low }) {
    const members = guard.each("documents.MEMBER", low);
    const names = new Set(members.map((match) => match[1]));
    const any = (...some) => some.some((name) => names.has(name));
    const evm = names.has("ciphertext") && any("kdf", "kdfparams", "mac", "cipherparams");
    const polkadot = names.has("encoded") && names.has("encoding") && low.includes("pkcs8");
    const vault = names.has("salt") && any("iv", "nonce") && guard.search("documents.SEALED", low);
    if (evm || polkadot || vault) yield span(members[0].index, guard.end(members.at(-1)), "keystore");
  }

  function* keys(view, transaction) {
    yield* ofRules(view, guard.data.prefixes, "private_key");
    yield* guard.hexKeys(view, transaction);
    yield* proven(view);
    yield* called(view);
    yield* documents(view);
  }

  function* phrases(view) {
    const [size, overlap] = [guard.number("detect.PART"), guard.number("detect.OVERLAP")];
    for (let start = 0; start < Math.max(1, view.text.length - overlap); start += size - overlap) {
      const part = guard.view(view.text.slice(start, start + size));
      const text = guard.text(part);
      const found = function* found() {
        for (const lexicon of guard.lexicons) yield* guard.ofList(text, lexicon);
        yield* guard.streams(part.low);
        yield* guard.signs(part.low);
      };
      for (const one of found()) yield { ...one, start: start + one.start, end: start + one.end };
    }
  }

  function* tokens(view) {
    for (const match of guard.each("prefixes.OWN_TOKEN", view.text)) yield of(match, "api_token");
    yield* ofRules(view, guard.data.services, "api_token");
  }
  const detectors = (transaction) => [phrases, (view) => keys(view, transaction), keystores, tokens];

  const verdict = (spans) => {
    let first = null;
    for (const one of spans) {
      if (one.certain) return one;
      first ??= one;
    }
    return first;
  };

  // What one text holds, one finding a kind: { kind, certain }.
  guard.find = (text, { transaction = false } = {}) => {
    guard.freshPairs();
    const views = guard.views(text);
    return detectors(transaction)
      .map((detector) => verdict((function* all() { for (const view of views) yield* detector(view); })()))
      .filter(Boolean)
      .map(({ kind, certain }) => ({ kind, certain }));
  };

  // To the ends of the words, so that no half of one is left.
  const toWholeWords = (text, start, end) => [
    start - text.slice(0, start).match(/[a-z0-9]*$/i)[0].length,
    end + text.slice(end).match(/^[a-z0-9]*/i)[0].length,
  ];

  // The places of everything in the text as it stands: what can be taken out.
  guard.places = (text, { transaction = false } = {}) => {
    guard.freshPairs();
    guard.wantsAll = true;
    const places = guard.foldPlaces(text);
    const view = guard.view(guard.fold(text));
    const spans = detectors(transaction).flatMap((detector) => [...detector(view)]);
    guard.wantsAll = false;
    return spans.map(({ start, end }) => toWholeWords(text, places[start], places[end]));
  };

  const across = (texts) => {
    const found = new Map();
    for (const { view, starts } of guard.joinedViews(texts)) {
      for (const detector of detectors(false)) {
        for (const one of detector(view)) {
          const touched = texts.map((_, at) => at).filter((at) => one.start < starts[at + 1] - 1 && one.end > starts[at]);
          if (one.kind !== "recovery_phrase" && touched.length < 2) continue;
          const finding = { kind: one.kind, certain: one.certain || one.kind === "private_key", touched };
          const key = `${finding.kind} ${finding.certain}`;
          if (!found.has(key)) found.set(key, finding);
        }
      }
    }
    return [...found.values()];
  };

  // What the fields of a form hold, [name, text] each, alone and all in their order: { kind, certain, field }, the
  // place of the field in what was passed.
  guard.findInForm = (fields, transactionFields = ["tx_hash"]) => {
    const filled = fields.map(([name, text], place) => ({ name, text, place })).filter(({ text }) => text);
    const alone = filled.flatMap(({ name, text, place }) =>
      guard.find(text, { transaction: transactionFields.includes(name) }).map((finding) => ({ ...finding, place })),
    );
    const refused = new Set(alone.filter(({ certain }) => certain).map(({ place }) => place));
    const rest = filled.filter(({ place }) => !refused.has(place));
    guard.freshPairs();
    const joint = across(rest.map(({ text }) => text)).flatMap(({ kind, certain, touched }) => {
      const asked = touched.some((at) => alone.some((one) => one.kind === kind && one.place === rest[at].place));
      return certain || !asked ? touched.map((at) => ({ kind, certain, place: rest[at].place })) : [];
    });
    return [...alone, ...joint];
  };

  guard.start = (data) => {
    guard.data = data;
    guard.lexicons = data.lexicons.map(guard.lexicon);
    guard.chinese = data.chinese.map(guard.lexicon);
    const named = (name) => guard.lexicons.find((lexicon) => lexicon.language === name);
    guard.scripts = data.scripts.map((raw) => guard.script(raw, raw.languages.map(named)));
  };
})(trustopsGuard);
