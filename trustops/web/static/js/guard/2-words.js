// The guard in the browser: the lists, and a text cut into words (trustops/guard/words.py and tokens.py).
"use strict";

((guard) => {
  const ABBREVIATION = 4;
  const HIRAGANA = /[\u30a1-\u30f6]/g;

  // A word as the lists are compared: no marks, no katakana, composed.
  guard.plain = (word) =>
    /^[\x00-\x7f]*$/.test(word)
      ? word
      : word
          .normalize("NFKD")
          .replace(/\p{Mn}/gu, "")
          .replace(HIRAGANA, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60))
          .normalize("NFC");

  const shortened = (word) => [...word].map((_, at) => word.slice(0, at) + word.slice(at + 1));

  const abbreviations = (word) => {
    const cut = [];
    for (const form of ["NFC", "NFKD"]) {
      const written = word.normalize(form);
      for (let size = ABBREVIATION; size <= written.length; size += 1) cut.push(guard.plain(written.slice(0, size)));
    }
    cut.push(guard.plain(word));
    return cut;
  };

  guard.lexicon = (raw) => {
    const listed = guard.words(raw.listed);
    const order = listed.map(guard.plain);
    const lexicon = { language: raw.language, order, words: new Set(order) };
    for (const name of ["common", "usual", "prose", "labels"]) lexicon[name] = new Set(guard.words(raw[name]));
    lexicon.shortest = Math.min(...order.map((word) => word.length));
    lexicon.longest = Math.max(...order.map((word) => word.length));
    guard.lazy(lexicon, "abbreviations", () => new Set(listed.flatMap(abbreviations)));
    guard.lazy(lexicon, "places", () => new Map(order.map((word, place) => [word, place])));
    guard.lazy(lexicon, "shortened", () => new Set(order.flatMap(shortened)));
    lexicon.isMisspelt = (token) => {
      if (token.length < ABBREVIATION || token.length > lexicon.longest + 1 || lexicon.prose.has(token)) return false;
      if (lexicon.shortened.has(token)) return true;
      return shortened(token).some((cut) => lexicon.words.has(cut) || lexicon.shortened.has(cut));
    };
    return lexicon;
  };

  guard.END = { word: "", start: -1, end: -1 };

  // What Korean and Japanese sentences write to a word is left out where a list word remains.
  const stem = (word, before) => {
    if (/^[\x00-\x7f]*$/.test(word)) return word;
    let bare = guard.replace("tokens.ENDING", word, "");
    if (before !== undefined && guard.data.counted.includes(before)) bare = bare.replace(/^は/u, "").replace(/^が/u, "");
    return bare !== word && guard.lexicons.some((lexicon) => lexicon.words.has(bare) && !/^[\x00-\x7f]/.test(bare)) ? bare : word;
  };

  guard.text = (view) => {
    const text = { low: view.low };
    guard.lazy(text, "every", () =>
      guard
        .each("tokens.TOKEN", view.low)
        .map((match) => ({ word: stem(guard.plain(match[0]), view.low[match.index - 1]), start: match.index, end: guard.end(match) })),
    );
    // All words, those of Cyrillic letters in one piece: folding reads some of them as Latin.
    guard.lazy(text, "whole", () => {
      if (/^[\x00-\x7f]*$/.test(view.low)) return text.every;
      const whole = [];
      for (const token of text.every) {
        const last = whole.at(-1);
        if (last && last.end === token.start && last.word.at(-1) < guard.data.others && token.word[0] < guard.data.others) {
          whole.pop();
          whole.push({ word: last.word + token.word, start: last.start, end: token.end });
        } else {
          whole.push(token);
        }
      }
      return whole;
    });
    guard.lazy(text, "anchors", () => guard.anchored(text.whole.map((token) => token.word)));
    guard.lazy(text, "different", () => [...new Set(text.every.map((token) => token.word))]);
    guard.lazy(text, "cues", () => guard.each("tokens.CUE", view.low).map((match) => [match.index, guard.end(match)]));
    return text;
  };

  const number = guard.numbersOf("tokens");
  const LOOSE = new Set([" ", "'", "-"]);

  guard.prose = (text, lexicon) => {
    const { low } = text;
    const prose = { low, every: text.every, lexicon };
    guard.lazy(prose, "words", () => text.every.filter((token) => !lexicon.labels.has(token.word)));
    guard.lazy(prose, "isBare", () => {
      const known = prose.words.filter((token) => lexicon.words.has(token.word)).length;
      return prose.words.length <= number("LONGEST_BARE") && known >= number("BARE_SHARE") * prose.words.length;
    });
    const loose = (stretch) => {
      let count = 0;
      for (let at = 1; at < stretch.length; at += 1) {
        if (LOOSE.has(low.slice(stretch[at - 1].end, stretch[at].start))) count += 1;
      }
      return count;
    };
    prose.isList = (stretch) => loose(stretch) <= number("MOST_LOOSE");
    prose.isEven = (stretch) => {
      const count = loose(stretch);
      return count <= number("MOST_LOOSE") || stretch.length - 1 - count <= number("MOST_BREAKS");
    };
    prose.hasCue = (start, end) => {
      const near = number("NEAR_CHARACTERS");
      return text.cues.some(
        ([first, last]) => (last < start && last >= start - near) || (first >= end && first <= end + near),
      );
    };
    return prose;
  };
})(trustopsGuard);
