// The guard in the browser: what comes again and again beside words and signs is their label
// (trustops/guard/rhythm.py).
"use strict";

((guard) => {
  const number = guard.numbersOf("rhythm");

  // Stretches of keys, each a list of parts, most of which have a part in common.
  guard.alike = (keys, size = number("LABELS")) => {
    const stretches = [];
    const counts = new Map();
    const add = (key, more) => {
      for (const part of key) counts.set(part, (counts.get(part) ?? 0) + more);
    };
    let common = null;
    let [begin, end] = [0, 0];
    for (const [at, key] of keys.entries()) {
      add(key, 1);
      if (at >= size) add(keys[at - size], -1);
      common = key.find((part) => counts.get(part) >= number("MOSTLY")) ?? common;
      if (!(counts.get(common) >= number("MOSTLY"))) continue;
      const start = Math.max(0, at + 1 - size);
      if (start > end) {
        stretches.push([begin, end]);
        begin = start;
      }
      end = at + 1;
    }
    stretches.push([begin, end]);
    return stretches.filter(([first, last]) => first < last);
  };

  const blank = (text) => " ".repeat(text.length);
  const withoutNumerals = (row) => [...row].filter((sign) => !guard.data.numerals.includes(sign)).join("");

  guard.withoutLabels = (low) => {
    const bare = guard.replace("rhythm.ENUMERATOR", guard.replace("rhythm.JAPANESE", low, blank), blank);
    const counts = new Map();
    for (const row of guard.allOf("rhythm.ROW", bare)) {
      const key = withoutNumerals(row);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return guard.replace("rhythm.ROW", bare, (row) => {
      const key = withoutNumerals(row);
      const isLabel = key !== "" && key.length <= number("LONGEST_ROW") && counts.get(key) >= number("OFTEN");
      return isLabel ? blank(row) : row;
    });
  };

  const firstOf = (gap) => {
    const letter = guard.data.joins.includes(gap[0]) ? gap : guard.search("rhythm.LETTER", gap);
    return letter ? letter[0] : "";
  };

  guard.label = (gap) => {
    const spaced = gap.trim();
    if (spaced === "") return [];
    const [first, last] = [firstOf(spaced), firstOf([...spaced].reverse().join(""))];
    return [first && `${first}…`, last && `…${last}`].filter(Boolean);
  };

  // Places of words that come again at even distances, in a row each.
  guard.anchored = (words) => {
    const places = new Map();
    for (const [at, word] of words.entries()) {
      if (places.has(word)) places.get(word).push(at);
      else places.set(word, [at]);
    }
    const rows = [];
    for (const own of places.values()) {
      if (own.length <= number("LABELS")) continue;
      const far = own.slice(1).map((at, before) => at - own[before]);
      const keys = far.map((step) => (step > 1 && step <= number("FARTHEST") ? [step] : []));
      for (const [begin, end] of guard.alike(keys)) rows.push(own.slice(begin, end + 1));
    }
    return rows;
  };
})(trustopsGuard);
