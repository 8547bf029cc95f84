// The guard in the browser, by the rules of trustops/guard (docs/guard.md): it looks at words before they leave a
// form. Lists, tables and patterns come from the server as data; nothing is sent anywhere and nothing is stored.
// This part: patterns, and undoing what hides letters (trustops/guard/normalise.py).
"use strict";

const trustopsGuard = { data: null };

((guard) => {
  const compiled = new Map();

  const compile = (key, [source, flags]) => {
    if (!compiled.has(key)) {
      compiled.set(key, {
        all: new RegExp(source, `gv${flags}`),
        at: new RegExp(source, `yv${flags}`),
        whole: new RegExp(`^(?:${source})$`, `v${flags}`),
      });
    }
    return compiled.get(key);
  };
  const of = (name) => (typeof name === "string" ? compile(name, guard.data.patterns[name]) : compile(name, name));

  // A name, or a pattern as the data has it.
  guard.each = (name, text) => [...text.matchAll(of(name).all)];
  guard.allOf = (name, text) => text.match(of(name).all) ?? [];
  guard.search = (name, text) => {
    const pattern = of(name).all;
    pattern.lastIndex = 0;
    return pattern.exec(text);
  };
  guard.matchAt = (name, text, at = 0) => {
    const pattern = of(name).at;
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  guard.isWhole = (name, text) => of(name).whole.test(text);
  guard.replace = (name, text, put) => text.replace(of(name).all, put);
  guard.end = (match) => match.index + match[0].length;
  guard.number = (name) => guard.data.numbers[name];
  // The numbers of one module, each looked up once.
  guard.numbersOf = (module) => {
    const known = new Map();
    return (name) => {
      let value = known.get(name);
      if (value === undefined) {
        value = guard.number(`${module}.${name}`);
        known.set(name, value);
      }
      return value;
    };
  };
  guard.words = (joined) => joined.split(" ").filter(Boolean);

  // A value that is worked out once.
  guard.lazy = (object, name, work) =>
    Object.defineProperty(object, name, {
      configurable: true,
      get() {
        const value = work();
        Object.defineProperty(object, name, { value });
        return value;
      },
    });

  const folded = new Map();
  const MOST_FOLDED = 20_000;
  const INVISIBLE = /[\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u;

  const foldCharacter = (char) => {
    const { confusables } = guard.data;
    if (confusables[char] !== undefined) return confusables[char];
    const point = char.codePointAt(0);
    if (point >= 0xe0020 && point < 0xe007f) return String.fromCharCode(point - 0xe0020 + 0x20);
    if (/[\v\f\u0085\u2028\u2029]/u.test(char)) return "\n";
    if (INVISIBLE.test(char)) return "";
    if (/\p{Nl}/u.test(char)) return " ";
    if (/\p{Pd}/u.test(char)) return "-";
    const plain = [...char.normalize("NFKD")]
      .filter((part) => !INVISIBLE.test(part))
      .map((part) => confusables[part] ?? part)
      .join("");
    return /^[\x00-\x7f]*$/.test(plain) ? plain : char;
  };

  const foldOne = (char) => {
    const known = folded.get(char);
    if (known !== undefined) return known;
    const plain = foldCharacter(char);
    if (folded.size < MOST_FOLDED) folded.set(char, plain);
    return plain;
  };

  const ODD = /[^\t\n\r\x20-\x7e]/gu;
  guard.fold = (text) => text.replace(ODD, foldOne);

  // For every character of the folded text, and for its end, the place in the text that it came from.
  guard.foldPlaces = (text) => {
    const places = [];
    let at = 0;
    for (const char of text) {
      const size = /^[\t\n\r\x20-\x7e]$/.test(char) ? 1 : foldOne(char).length;
      for (let step = 0; step < size; step += 1) places.push(at);
      at += char.length;
    }
    places.push(at);
    return places;
  };

  const utf8 = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const NOT_WRITTEN = /[[\p{C}\p{Z}]--[ \t\n\r\u3000]]/v;

  // The bytes as text, if they are text and nothing else; its last letter may be cut.
  const textOr = (bytes, otherwise) => {
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
      return NOT_WRITTEN.test(text) ? otherwise : text;
    } catch {
      return otherwise;
    }
  };

  const ofHex = (digits) => {
    const bytes = new Uint8Array(digits.length >> 1);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16);
    return bytes;
  };
  guard.ofHex = ofHex;
  guard.ofBase64 = (digits) =>
    Uint8Array.from(atob(digits.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

  const SHORTEST_BASE64 = 60;
  const fromPercent = (text) => utf8(ofHex(text.replaceAll("%", "")));
  const bare = (text) => guard.replace("normalise.NO_DIGITS", text, "");
  const fromOctets = (text) => textOr(ofHex(bare(text.replaceAll("0x", ""))), text);
  const fromDigits = (text) => {
    const digits = bare(text);
    if (digits.length < SHORTEST_BASE64) return text;
    const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
    return textOr(guard.ofBase64(whole), text);
  };
  const fromBase64 = (text) => {
    const whole = fromDigits(text);
    if (whole !== text) return whole;
    const read = guard.replace("normalise.LONG_BASE64", text, fromDigits);
    return guard.replace("normalise.LONG_BASE16", read, fromOctets);
  };
  // Digits of every script stand in tens, from nought to nine.
  const digitOf = (char) => {
    let before = char.codePointAt(0);
    while (/\p{Nd}/u.test(String.fromCodePoint(before - 1))) before -= 1;
    return (char.codePointAt(0) - before) % 10;
  };
  guard.integers = (text) =>
    (text.match(/\p{Nd}+/gu) ?? []).map((digits) => Number(digits.replace(/\P{ASCII}/gu, digitOf)));
  const fromDecimals = (text) => {
    const numbers = guard.integers(text);
    return Math.max(...numbers) <= 255 ? textOr(Uint8Array.from(numbers), text) : text;
  };
  // The element stands in no document, and an entity holds no markup.
  const fromEntity = (text) => {
    const element = document.createElement("div");
    element.innerHTML = `x${text}`;
    return element.textContent.slice(1);
  };
  const point = (digits) => {
    const value = Number.parseInt(digits, 16);
    return value <= 0x10ffff ? String.fromCodePoint(value) : "";
  };
  const MEANINGS = {
    percent: fromPercent,
    quoted_printable: (text) => fromPercent(text.replaceAll("=", "%")),
    entity: fromEntity,
    four: point,
    two: point,
    many: point,
    space: () => "\n",
    quoted: (text) => text,
    base16: fromOctets,
    octets: fromOctets,
    decimals: fromDecimals,
    base64: fromBase64,
  };

  const unescape = (...parts) => {
    const groups = parts.at(-1);
    const name = Object.keys(MEANINGS).find((key) => groups[key] !== undefined);
    return MEANINGS[name](groups[name]);
  };

  const ROUNDS = 3;
  guard.decode = (text) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = text;
      text = guard.replace("normalise.ESCAPES", text, unescape);
      if (text === before) break;
    }
    return text;
  };

  // What `urllib.parse.unquote` does.
  guard.unquote = (text) => text.replace(/(?:%[0-9a-f]{2})+/gi, fromPercent);

  const LETTERS = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", 8: "b", "@": "a", $: "s" };
  const withoutDigits = (text) => {
    const low = text.toLowerCase();
    const starts = guard.each("normalise.DIGIT_WORD", low).map((match) => match.index);
    const few = guard.number("normalise.FEWEST_DIGIT_WORDS");
    const within = guard.number("normalise.DIGIT_WORDS_WITHIN");
    const dense = starts.some((start, at) => starts[at + few - 1] - start < within);
    if (!dense) return text;
    return guard.replace("normalise.DIGIT_WORD", low, (word) => word.replace(/[0134578@$]/g, (sign) => LETTERS[sign]));
  };

  guard.readings = (text) => {
    const decoded = guard.decode(text);
    const first = guard.fold(text);
    const read = decoded === text ? first : guard.fold(decoded);
    const tagged = guard.search("normalise.TAG", decoded) !== null;
    const without = (put) => (tagged ? guard.fold(guard.replace("normalise.TAG", decoded, put)) : read);
    return [first, read, without(" "), without(""), withoutDigits(read)];
  };

  guard.view = (text) => ({ text, low: text.toLowerCase() });
  // All different readings of the text; the first is the text as it stands, only folded.
  guard.views = (text) => [...new Set(guard.readings(text))].map(guard.view);

  // Several texts as lines of one, each reading with the places where a text begins, and one place more.
  guard.joinedViews = (texts) => {
    const read = texts.map(guard.readings);
    const joined = new Map();
    for (let number = 0; texts.length > 0 && number < read[0].length; number += 1) {
      const parts = read.map((readings) => readings[number]);
      const starts = [0];
      for (const part of parts) starts.push(starts.at(-1) + part.length + 1);
      joined.set(parts.join("\n"), starts);
    }
    return [...joined].map(([text, starts]) => ({ view: guard.view(text), starts }));
  };
})(trustopsGuard);
