// The guard in the browser: phrases whose words stand in one row, with fillers, or in parts
// (trustops/guard/phrases.py and fragments.py).
"use strict";

((guard) => {
  const number = guard.numbersOf("phrases");
  const span = (first, last) => ({ start: first.start, end: last.end, kind: "recovery_phrase", certain: true });
  const count = (items, test) => items.reduce((sum, item) => sum + (test(item) ? 1 : 0), 0);

  guard.isRandom = (words, lexicon) =>
    new Set(words).size >= words.length - number("MOST_REPEATS") &&
    count(words, (word) => lexicon.usual.has(word)) <= number("MOST_COMMON");

  const hasRandom = (run, lexicon, size = number("PHRASE")) => {
    const words = run.map((token) => token.word);
    for (let at = 0; at + size <= words.length; at += 1) {
      if (guard.isRandom(words.slice(at, at + size), lexicon)) return true;
    }
    return false;
  };

  const isExample = (run) => {
    const before = run.slice(-number("PHRASE"), -1).map((token) => token.word);
    return run.at(-1).word !== before.at(-1) && new Set(before).size === 1;
  };

  const isVaried = (prose, run, words) => {
    const rare = count([...words], (word) => !prose.lexicon.usual.has(word));
    const fewest = prose.isEven(run.slice(0, number("PHRASE")))
      ? number("FEWEST_RARE")
      : Math.floor(words.size / 2) + 1;
    return words.size >= number("FEWEST_DIFFERENT") && rare >= fewest;
  };

  function* runs(prose) {
    const listed = prose.lexicon.words;
    let run = [];
    let words = new Set();
    let reported = 0;
    for (const token of [...prose.every, guard.END]) {
      if (listed.has(token.word)) {
        run.push(token);
        words.add(token.word);
        if (reported || run.length < number("PHRASE")) continue;
        if (isVaried(prose, run, words) || isExample(run)) {
          reported = run.length;
          yield span(run[0], run.at(-1));
        }
        continue;
      }
      if (reported && reported < run.length) yield span(run[0], run.at(-1));
      run = [];
      words = new Set();
      reported = 0;
    }
  }

  // Whether twelve tokens in a row are in a set: without, no run is worth a closer look.
  const hasRow = (tokens, set) => {
    const size = number("PHRASE");
    let row = 0;
    for (const token of tokens) {
      row = set.has(token.word) ? row + 1 : 0;
      if (row === size) return true;
    }
    return false;
  };

  // Runs of the tokens whose words are in a set, where twelve of them look drawn by lot.
  function* randomRuns(tokens, set, lexicon) {
    let run = [];
    for (const token of [...tokens, guard.END]) {
      if (set.has(token.word)) {
        run.push(token);
        continue;
      }
      if (hasRandom(run, lexicon)) yield span(run[0], run.at(-1));
      run = [];
    }
  }

  const holds = (prose, stretch) => {
    const { lexicon } = prose;
    const words = stretch.map((token) => token.word);
    const strangers = words.filter((word) => !lexicon.words.has(word));
    const repeats = words.length - new Set(words).size;
    if (repeats > 1 || !guard.isRandom(words, lexicon) || strangers.some((word) => lexicon.prose.has(word))) return false;
    const common = count(words, (word) => lexicon.usual.has(word));
    const slips =
      words.length === number("PHRASE") &&
      strangers.every(lexicon.isMisspelt) &&
      (strangers.length <= 1 || common <= number("MOST_COMMON_WITH_SLIPS"));
    const few = strangers.length <= number("PHRASE") - number("GATED");
    if (slips && few) return true;
    if (!slips && !few) return false;
    const spokenOf = prose.isBare || prose.hasCue(stretch[0].start, stretch.at(-1).end);
    return prose.isList(stretch) || (spokenOf && prose.isEven(stretch));
  };

  function* interrupted(prose) {
    const { words } = prose;
    const known = [0];
    for (const token of words) known.push(known.at(-1) + (prose.lexicon.words.has(token.word) ? 1 : 0));
    const [phrase, gated] = [number("PHRASE"), number("GATED")];
    for (const [size, fewest] of [[phrase, number("MISSPELT")], [phrase - 1, gated], [gated, gated]]) {
      for (let start = 0; start + size <= words.length; start += 1) {
        if (known[start + size] - known[start] < fewest) continue;
        const stretch = words.slice(start, start + size);
        if (holds(prose, stretch)) yield span(stretch[0], stretch.at(-1));
      }
    }
  }

  function* periodic(prose) {
    const { words, lexicon } = prose;
    const known = words.map((token) => lexicon.words.has(token.word));
    for (let step = 2; step < number("LONGEST_FILLER") + 2; step += 1) {
      for (let first = 0; first < step; first += 1) {
        let row = 0;
        let longest = 0;
        for (let at = first; at < words.length; at += step) {
          row = known[at] ? row + 1 : 0;
          longest = Math.max(longest, row);
        }
        if (longest < number("PHRASE")) continue;
        const column = words.filter((_, at) => at >= first && (at - first) % step === 0);
        yield* randomRuns(column, lexicon.words, lexicon);
      }
    }
  }

  // Twelve list words, each as near to a word that comes again at even distances: its label.
  function* labelled(text, lexicon) {
    const words = text.anchors.length > 0 ? text.whole : [];
    const nearest = number("NEAREST_LABEL");
    for (const row of text.anchors) {
      for (let step = -nearest; step <= nearest; step += 1) {
        const fewest = number("PHRASE") - (step < 0 ? 1 : 0);
        const column = row.map((at) => words[at + step]).filter(Boolean);
        let run = [];
        for (const token of [...column, guard.END]) {
          if (lexicon.words.has(token.word)) {
            run.push(token);
            continue;
          }
          if (run.length >= fewest && hasRandom(run, lexicon, fewest)) {
            const after = words.slice(row.at(-1), row.at(-1) + guard.number("rhythm.FARTHEST"));
            const last = after.find((each) => lexicon.words.has(each.word)) ?? after[0];
            yield span(run[0], last.end > run.at(-1).end ? last : run.at(-1));
          }
          run = [];
        }
      }
    }
  }

  function* gaps(prose) {
    const { lexicon } = prose;
    let nearby = [];
    let filler = [];
    for (const token of prose.every) {
      if (!lexicon.words.has(token.word)) {
        if (!lexicon.labels.has(token.word)) filler.push(token.word);
        continue;
      }
      if (filler.length > number("LONGEST_FILLER")) {
        yield nearby;
        nearby = [];
      }
      nearby.push([token, filler.join(" ")]);
      filler = [];
    }
    yield nearby;
  }

  const more = (counter, key) => counter.set(key, (counter.get(key) ?? 0) + 1);
  const less = (counter, key) => {
    const left = counter.get(key) - 1;
    if (left) counter.set(key, left);
    else counter.delete(key);
  };

  const areEnough = (words, lexicon) => {
    const common = count([...words.keys()], (word) => lexicon.common.has(word));
    return words.size >= number("PHRASE") + Math.max(0, common - number("MOST_COMMON"));
  };

  const areRegular = (fillers) => {
    const counts = [...fillers].filter(([filler]) => filler).map(([, amount]) => amount);
    const often = Math.max(0, ...counts) >= number("PHRASE") - number("FEWEST_GAPS");
    const sum = counts.reduce((total, amount) => total + amount, 0);
    return often || (sum >= number("FEWEST_GAPS") && Math.min(...counts) > 1);
  };

  function* filled(prose) {
    for (const nearby of gaps(prose)) {
      const words = new Map();
      const fillers = new Map();
      let left = 0;
      for (const [right, [token, filler]] of nearby.entries()) {
        more(words, token.word);
        if (right > left) more(fillers, filler);
        while (fillers.size - (fillers.has("") ? 1 : 0) > number("MOST_FILLERS")) {
          less(words, nearby[left][0].word);
          left += 1;
          less(fillers, nearby[left][1]);
        }
        if (words.size >= number("PHRASE") && areEnough(words, prose.lexicon) && areRegular(fillers)) {
          yield span(nearby[left][0], token);
        }
      }
    }
  }

  function* stretches(prose) {
    let before = 0;
    let run = [];
    for (const token of prose.words) {
      if (prose.lexicon.words.has(token.word)) {
        run.push(token);
        continue;
      }
      if (run.length > 0) yield [before, run, token.start];
      before = token.end;
      run = [];
    }
    if (run.length > 0) yield [before, run, prose.low.length];
  }

  const part = guard.numbersOf("fragments");
  const isCommon = (words, lexicon) =>
    count(words, (token) => lexicon.common.has(token.word)) * part("ALONE") > words.length;

  const isPart = (piece, lexicon, stands) => {
    const repeats = piece.length - new Set(piece.map((token) => token.word)).size;
    if (repeats > (piece.length >= part("LONG") ? 1 : 0)) return false;
    const rare = !repeats && piece.every((token) => !lexicon.usual.has(token.word));
    const atEnd = piece.length >= part("AT_END") && stands.some(Boolean) && rare;
    return (piece.length >= part("ALONE") && stands.every(Boolean)) || atEnd || piece.length >= part("LONG");
  };

  const standsAlone = (low, before, run, after) => [
    before === 0 || guard.search("fragments.BEFORE", low.slice(before, run[0].start)) !== null,
    after === low.length || guard.search("fragments.AFTER", low.slice(run.at(-1).end, after)) !== null,
  ];

  // The run without the words of the sentences that lead to it and on from it, and whether it stands alone: within a
  // run only a line end shows that.
  const trimmed = (low, run, lexicon, stands) => {
    const rare = run.map((token, at) => (lexicon.common.has(token.word) ? -1 : at)).filter((at) => at >= 0);
    if (rare.length === 0) return null;
    const [first, last] = [rare[0], rare.at(-1) + 1];
    const piece = run.slice(first, last);
    const opens = first > 0 ? low.slice(run[first - 1].end, piece[0].start).includes("\n") : stands[0];
    const closes = last < run.length ? low.slice(piece.at(-1).end, run[last].start).includes("\n") : stands[1];
    return [piece, [opens, closes]];
  };

  function* parts(prose) {
    const { low, lexicon } = prose;
    for (const [before, run, after] of stretches(prose)) {
      const stands = standsAlone(low, before, run, after);
      const own = isCommon(run, lexicon) ? trimmed(low, run, lexicon, stands) : [run, stands];
      if (own === null || isCommon(own[0], lexicon)) continue;
      if (isPart(own[0], lexicon, own[1])) yield own[0];
    }
  }

  function* toldInParts(prose) {
    let near = [];
    for (const piece of parts(prose)) {
      near.push(piece);
      near = near.filter((other) => piece[0].start - other.at(-1).end <= part("REACH_CHARACTERS"));
      const words = new Set(near.flat().map((token) => token.word));
      if (words.size >= part("ENOUGH")) yield span(near[0][0], piece.at(-1));
    }
  }

  guard.ofList = function* ofList(text, lexicon) {
    const fewest = guard.number("detect.FEWEST_KNOWN");
    const prose = guard.prose(text, lexicon);
    const known = count(text.different, (word) => lexicon.words.has(word));
    if (known > 1 && hasRow(prose.every, lexicon.words)) yield* runs(prose);
    if (known >= fewest) {
      yield* interrupted(prose);
      if (known >= number("PHRASE")) yield* filled(prose);
      yield* periodic(prose);
      yield* labelled(text, lexicon);
      if (known >= part("ENOUGH")) yield* toldInParts(prose);
    }
    const abbreviated = count(text.different, (word) => lexicon.abbreviations.has(word));
    if (abbreviated >= fewest && hasRow(prose.words, lexicon.abbreviations)) {
      yield* randomRuns(prose.words, lexicon.abbreviations, lexicon);
    }
  };
})(trustopsGuard);
