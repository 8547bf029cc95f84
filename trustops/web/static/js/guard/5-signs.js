// The guard in the browser: recovery phrases in Chinese, where each word is one sign (trustops/guard/signs.py).
"use strict";

((guard) => {
  const number = guard.numbersOf("signs");
  const phrases = guard.numbersOf("phrases");
  const phrase = () => phrases("PHRASE");
  const different = () => phrases("FEWEST_DIFFERENT");
  const found = (start, end, certain = true) => ({ start, end, kind: "recovery_phrase", certain });

  const sums = (values) => {
    const all = new Float64Array(values.length + 1);
    for (let at = 0; at < values.length; at += 1) all[at + 1] = all[at] + values[at];
    return all;
  };

  const pairsOf = () => {
    const pairs = new Set();
    for (let at = 0; at < guard.data.pairs.length; at += 2) pairs.add(guard.data.pairs.slice(at, at + 2));
    return pairs;
  };
  let pairs = null;

  const isSpokenOf = (low, first) => guard.search("signs.CUES", low.slice(Math.max(0, first - number("NEAR")), first)) !== null;

  // Which characters are signs, worked out once: the pattern is asked about every character of a text.
  let isSign = null;
  const placesOf = (low) => {
    isSign ??= Uint8Array.from({ length: 0x10000 }, (_, code) => (guard.isWhole("signs.ONE", String.fromCharCode(code)) ? 1 : 0));
    const at = [];
    for (let place = 0; place < low.length; place += 1) {
      if (isSign[low.charCodeAt(place)] === 1) at.push(place);
    }
    return at;
  };
  const plains = new Map();
  const plain = (sign) => {
    if (!plains.has(sign)) plains.set(sign, guard.plain(sign));
    return plains.get(sign);
  };

  // The signs of a view beside one list; each answer is worked out once.
  const beside = (low, lexicon, at, signs) => {
    pairs ??= pairsOf();
    const places = signs.map((sign) => lexicon.places.get(sign) ?? -1);
    const { weights } = guard.data;
    const share = Math.floor(lexicon.order.length / weights.length);
    const weight = sums(places.map((place) => (place >= 0 ? weights[Math.floor(place / share)] : 0)));
    const everyday = sums(signs.slice(1).map((sign, before) => (pairs.has(signs[before] + sign) ? number("PAIR_WEIGHT") : 0)));
    const strange = sums(places.map((place) => (place < 0 ? 1 : 0)));
    const gap = (place) => low.slice(at[place] + 1, at[place + 1]);
    const own = { at, signs, places, low };
    guard.lazy(own, "opens", () => at.map((_, place) => place === 0 || gap(place - 1) !== ""));
    guard.lazy(own, "openings", () => sums(own.opens.map(Number)));
    guard.lazy(own, "breaks", () =>
      sums(at.slice(1).map((_, place) => (guard.search("signs.SENTENCE_SIGN", gap(place)) ? 1 : 0))),
    );
    own.ends = (end) => end === at.length || own.opens[end];
    own.isAllListed = (start, end) =>
      strange[end] === strange[start] && new Set(places.slice(start, end)).size >= different();
    own.weight = (start, end) => weight[end] - weight[start] + everyday[end - 1] - everyday[start];
    own.passes = (start, end) => {
      const stretch = places.slice(start, end);
      return guard.isBip39(stretch) || guard.isBip39(stretch.reverse());
    };
    own.areGroups = (start, end) => {
      const sizes = new Set();
      let before = start;
      for (let place = start + 1; place <= end; place += 1) {
        if (place < end && !own.opens[place]) continue;
        sizes.add(place - before);
        before = place;
      }
      return sizes.size === 1;
    };
    own.isUnbroken = (start, end) => own.breaks[end - 1] === own.breaks[start];
    own.isGlued = (start, end) => own.openings[end] === own.openings[start + 1];
    own.span = (start, end, certain = true) => found(at[start], at[end - 1] + 1, certain);
    own.isApart = (start, end) => {
      const first = at[start];
      const opens = first === 0 || guard.search("signs.OPENS", low.slice(Math.max(0, first - number("NEAR")), first));
      return Boolean(opens) && guard.matchAt("signs.CLOSES", low, at[end - 1] + 1) !== null;
    };
    own.isSentence = (end) => guard.matchAt("signs.FULL_STOP", low, at[end - 1] + 1) !== null;
    return own;
  };

  const isGapOfList = (gap) =>
    gap.length > 0 &&
    gap.length <= number("LONGEST_GAP") &&
    !guard.search("signs.OTHER_SCRIPTS", gap) &&
    guard.each("signs.LATIN_WORD", gap).length <= number("MOST_LATIN");

  const isShort = (gap) => gap.length > 0 && gap.length <= number("LONGEST_GAP");

  const partedRuns = (low, isGap = isGapOfList) => {
    const runs = [];
    let run = [];
    let before = -number("LONGEST_GAP");
    for (const at of placesOf(low)) {
      if (run.length > 0 && !isGap(low.slice(before + 1, at))) {
        if (at === before + 1) run.pop();
        runs.push(run);
        run = [];
      }
      if (at !== before + 1) run.push(at);
      before = at;
    }
    runs.push(run);
    return runs;
  };

  const isDrawn = (low, run, lexicon) => {
    const signs = run.map((at) => plain(low[at]));
    const known = signs.filter((sign) => lexicon.words.has(sign)).length;
    return (
      known >= number("FEWEST_LISTED") &&
      (known === signs.length || signs.length === phrase()) &&
      new Set(signs).size >= different() &&
      signs.filter((sign) => guard.data.numerals.includes(sign)).length <= number("MOST_NUMERALS")
    );
  };

  // The same with words of any script between them, most of which are the same label.
  const labelledRuns = (low) =>
    partedRuns(low, isShort)
      .filter((run) => run.length >= number("FEWEST_LISTED"))
      .flatMap((run) => {
        const gaps = run.slice(1).map((at, before) => guard.label(low.slice(run[before] + 1, at)));
        return guard.alike(gaps).map(([begin, end]) => run.slice(begin, end + 1));
      });

  function* parted(low) {
    const bare = guard.replace("signs.LABEL", low, (label) => " ".repeat(label.length));
    for (const text of new Set([low, bare, guard.withoutLabels(bare)])) {
      for (const run of [...partedRuns(text), ...labelledRuns(text)]) {
        if (run.length < number("FEWEST_LISTED")) continue;
        for (const lexicon of guard.chinese) {
          let drawn = false;
          for (let at = 0; !drawn && at < Math.max(1, run.length - phrase() + 1); at += 1) {
            drawn = isDrawn(text, run.slice(at, at + phrase()), lexicon);
          }
          if (drawn) yield found(run[0], run.at(-1) + 1, run.length >= phrase() || isSpokenOf(text, run[0]));
        }
      }
    }
  }

  // Where the same label comes again and again: how many signs further, and the stretch.
  const rhythms = (signs) => {
    const all = [];
    for (let step = 2; step < number("LONGEST_LABEL") + 2; step += 1) {
      let same = "";
      for (let at = step; at < signs.length; at += 1) same += signs[at] === signs[at - step] ? "1" : "0";
      const pattern = new RegExp(`(?:1{${step - 1}}0){${phrase() - 2}}`, "g");
      for (const match of same.matchAll(pattern)) all.push([step, match]);
    }
    return all;
  };

  function* labelled(signs, labels) {
    for (const [step, match] of labels) {
        const column = signs.places.filter(
          (place, at) =>
            place >= 0 &&
            at >= match.index + step - 1 &&
            at < guard.end(match) + step &&
            (at - match.index - step + 1) % step === 0,
        );
        if (new Set(column).size >= number("FEWEST_LISTED")) {
          yield signs.span(match.index, Math.min(guard.end(match) + step, signs.at.length));
        }
    }
  }

  function* alone(signs) {
    for (const [start, opens] of signs.opens.entries()) {
      if (!opens) continue;
      for (const size of guard.PHRASE_SIZES) {
        const end = start + size;
        if (end > signs.at.length || !signs.ends(end)) continue;
        const weight = signs.weight(start, end);
        const fewest = signs.areGroups(start, end) ? number("LIKE_LOTS") : number("LIKE_LOTS_INSIDE");
        if (weight < fewest || !signs.isUnbroken(start, end) || !signs.isAllListed(start, end)) continue;
        const valid = signs.passes(start, end);
        const lots = weight >= number("LIKE_LOTS_INSIDE");
        if (signs.isApart(start, end)) {
          if (valid || (lots && signs.isGlued(start, end))) yield signs.span(start, end, valid);
        } else if (valid && lots) {
          yield signs.span(start, end, isSpokenOf(signs.low, signs.at[start]) || signs.isSentence(end));
        }
      }
    }
  }

  function* inside(signs) {
    for (let start = 0; start < signs.at.length; start += 1) {
      for (const size of guard.PHRASE_SIZES) {
        const end = start + size;
        if (
          end <= signs.at.length &&
          signs.weight(start, end) >= number("LIKE_LOTS_INSIDE") &&
          signs.isGlued(start, end) &&
          signs.isAllListed(start, end) &&
          signs.passes(start, end)
        ) {
          yield signs.span(start, end, false);
        }
      }
    }
  }

  guard.signs = function* ofSigns(low) {
    const at = placesOf(low);
    if (at.length < number("FEWEST_LISTED")) return;
    const written = at.map((place) => plain(low[place]));
    const labels = rhythms(written);
    yield* parted(low);
    for (const lexicon of guard.chinese) {
      const signs = beside(low, lexicon, at, written);
      yield* labelled(signs, labels);
      yield* alone(signs);
      yield* inside(signs);
    }
  };
})(trustopsGuard);
