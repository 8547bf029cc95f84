// The guard in the browser: phrases whose letters are parted in the wrong places, or not at all
// (trustops/guard/stream.py).
"use strict";

((guard) => {
  const MOST_COUNTED = 255;
  const ABBREVIATION = 4;
  const INDEX_DIGITS = 4;
  const phrases = guard.numbersOf("phrases");
  const phrase = () => phrases("PHRASE");
  const span = (start, end) => ({ start, end, kind: "recovery_phrase", certain: true });

  guard.script = (raw, lexicons) => {
    const script = { letter: raw.letter, lexicons, opening: raw.opening };
    script.shortest = Math.min(...lexicons.map((lexicon) => lexicon.shortest));
    guard.lazy(script, "tables", () => tablesOf(script));
    return script;
  };

  // Words by the numbers of their first letters, one table for each number of letters: what is asked at every letter
  // of a text has to cost next to nothing.
  const tablesOf = ({ lexicons, shortest, opening }) => {
    const numbers = new Uint16Array(0x10000);
    let base = 1;
    for (const char of lexicons.flatMap((lexicon) => lexicon.order).join("")) {
      const code = char.charCodeAt(0);
      if (numbers[code] === 0) numbers[code] = base++;
    }
    const buckets = [[]];
    const tables = [];
    for (let size = shortest; size <= opening; size += 1) tables[size] = new Uint16Array(base ** size);
    for (const [number, lexicon] of lexicons.entries()) {
      for (const word of lexicon.order) {
        const size = Math.min(word.length, opening);
        let key = 0;
        for (let at = 0; at < size; at += 1) key = key * base + numbers[word.charCodeAt(at)];
        const table = tables[size];
        if (table[key] === 0) table[key] = buckets.push([]) - 1;
        buckets[table[key]].push({ number, word });
      }
    }
    return { numbers, base, buckets, tables };
  };

  const chains = (script, letters) => {
    const room = letters.length + 1;
    const counts = script.lexicons.map(() => new Uint8Array(room));
    const sizes = script.lexicons.map(() => new Uint8Array(room));

    // Whether it is one word in two: `network` is not `net` and `work`.
    const isPart = (number, start, end) => {
      const before = sizes[number][start];
      return before > 0 && script.lexicons[number].words.has(letters.slice(start - before, end));
    };
    const add = (number, start, end) => {
      const count = counts[number];
      if (count[end] > count[start] || isPart(number, start, end)) return false;
      count[end] = Math.min(count[start] + 1, MOST_COUNTED);
      sizes[number][end] = end - start;
      return count[end] >= phrase();
    };
    const twelve = (number, end) => {
      const words = [];
      for (let step = 0; step < phrase(); step += 1) {
        const size = sizes[number][end];
        words.push(letters.slice(end - size, end));
        end -= size;
      }
      return words;
    };
    return { add, twelve };
  };

  // Tells of each twelve words of one list that fill a stretch of the letters, last first, and its end, until somebody
  // has enough. With `cut`, words may be cut after four letters and later.
  const chained = (script, letters, cut, tell) => {
    const { add, twelve } = chains(script, letters);
    const { opening, shortest } = script;
    const { numbers, base, buckets, tables } = script.tables;
    const enough = (number, end) =>
      tell({ lexicon: script.lexicons[number], end, words: twelve(number, end) });

    const addAll = (number, word, start) => {
      if (!cut) return letters.startsWith(word, start) && add(number, start, start + word.length) && enough(number, start + word.length);
      for (let size = Math.min(word.length, ABBREVIATION); size <= word.length; size += 1) {
        if (!letters.startsWith(word.slice(0, size), start)) return false;
        if (add(number, start, start + size) && enough(number, start + size)) return true;
      }
      return false;
    };

    for (let start = 0; start + shortest <= letters.length; start += 1) {
      let key = 0;
      for (let size = 1; size <= opening && start + size <= letters.length; size += 1) {
        const number = numbers[letters.charCodeAt(start + size - 1)];
        if (number === 0) break;
        key = key * base + number;
        const bucket = size < shortest ? 0 : tables[size][key];
        if (bucket === 0) continue;
        const candidates = buckets[bucket];
        for (let at = 0; at < candidates.length; at += 1) {
          if (addAll(candidates[at].number, candidates[at].word, start)) return;
        }
      }
    }
  };

  const isPattern = (words) => new Set(words).size === 1 || /^[a-f]*$/.test(words.join(""));

  const lettersOf = ({ letter }, low) => {
    if (letter[0] === "[a-z]") return low.replace(/[^a-z]+/g, "");
    return guard.allOf(letter, low).map(guard.plain).join("");
  };

  const ofScript = (script, low) => {
    const spans = [];
    const letters = lettersOf(script, low);
    if (letters.length < phrase() * script.shortest) return spans;
    let matches = null;
    for (const backwards of [false, true]) {
      const ordered = backwards ? letters.split("").reverse().join("") : letters;
      chained(script, ordered, false, ({ lexicon, end, words }) => {
        let first = end - words.reduce((sum, word) => sum + word.length, 0);
        let last = end;
        if (backwards) [first, last] = [letters.length - last, letters.length - first];
        matches ??= guard.each(script.letter, low);
        const start = matches[first].index;
        const stop = guard.end(matches[last - 1]);
        const glued = () => guard.replace(script.letter, low.slice(start, stop), "") === "";
        if (guard.isRandom(words, lexicon) || (!isPattern(words) && glued())) spans.push(span(start, stop));
        return spans.length > 0 && !guard.wantsAll;
      });
    }
    return spans;
  };

  function* gluedAbbreviations(low) {
    for (const piece of guard.each("stream.PIECE", low)) {
      let random = false;
      chained(guard.scripts[0], piece[0], true, ({ lexicon, words }) => {
        random = guard.isRandom(words, lexicon);
        return random;
      });
      if (random) yield span(piece.index, guard.end(piece));
    }
  }

  function* indexed(low) {
    for (const match of guard.each("stream.INDEXES", low)) {
      const places = new Set();
      for (let at = 0; at < match[0].length; at += INDEX_DIGITS) places.add(match[0].slice(at, at + INDEX_DIGITS));
      if (places.size >= guard.number("phrases.FEWEST_DIFFERENT")) yield span(match.index, guard.end(match));
    }
  }

  // Whether numbers are places of a valid phrase, counted from nought or from one.
  const areValid = (places) =>
    [places, places.map((place) => place - 1)].some(
      (counted) =>
        Math.min(...counted) >= 0 && Math.max(...counted) < guard.scripts[0].lexicons[0].order.length && guard.isBip39(counted),
    );

  // The places of the words on the list as loose numbers, where somebody speaks of a phrase and the checksum holds.
  function* numbered(written) {
    const low = guard.replace("stream.ENUMERATOR", written, (number) => " ".repeat(number.length));
    for (const match of guard.each("stream.LOOSE", low)) {
      const places = guard.integers(match[0]);
      const drawn =
        new Set(places).size >= guard.number("phrases.FEWEST_DIFFERENT") && Math.max(...places) > guard.number("stream.BYTE");
      const counts = places.every((place, at) => at === 0 || places[at - 1] <= place);
      if (!drawn || counts || !guard.PHRASE_SIZES.includes(places.length)) continue;
      const [start, end, reach] = [match.index, guard.end(match), guard.number("stream.NEAR")];
      const near = [low.slice(Math.max(0, start - reach), start), low.slice(end, end + reach)];
      if (near.some((words) => guard.search("stream.PHRASE", words)) && areValid(places)) yield span(start, end);
    }
  }

  guard.streams = function* streams(low) {
    for (const script of guard.scripts) yield* ofScript(script, low);
    yield* gluedAbbreviations(low);
    yield* indexed(low);
    yield* numbered(low);
  };
})(trustopsGuard);
