// The guard in the browser: private keys in hexadecimal (trustops/guard/hexkeys.py).
"use strict";

((guard) => {
  const KEY = 64;
  const number = guard.numbersOf("hexkeys");
  const key = (start, end, certain = true) => ({ start, end, kind: "private_key", certain });
  const of = (match, certain = true) => key(match.index, guard.end(match), certain);
  const isDecimal = (digits) => /^\d+$/.test(digits);

  const isRandom = (digits) =>
    new Set(digits).size >= number("FEWEST_DIFFERENT") && !digits.startsWith("0".repeat(8)) && !isDecimal(digits);

  const isKeyLength = (digits, prefixed) => {
    const size = digits.length;
    if (size === KEY || size === 2 * KEY) return true;
    if (size === KEY + 2) return digits.startsWith("00");
    return size % KEY === 0 && !prefixed;
  };

  const isDamagedKey = (low, match) => {
    const { digits } = match.groups;
    const compressed = digits.length === KEY + 2 && ["02", "03"].includes(digits.slice(0, 2));
    const nearly = digits.length >= 60 && digits.length < 68 && digits.length !== KEY;
    return nearly && !compressed && guard.hasKeyCue(low, match.index, guard.end(match));
  };

  // Ed25519 takes its time, so hostile text gets no more of it than this.
  const MOST_PAIRS = 24;
  guard.isPair = (bytes) => {
    if (bytes.length !== 2 * (KEY / 2) || guard.pairsLeft <= 0) return false;
    guard.pairsLeft -= 1;
    return guard.isEd25519Pair(bytes);
  };
  guard.freshPairs = () => {
    guard.pairsLeft = MOST_PAIRS;
  };
  const isHexPair = (digits) => digits.length === 2 * KEY && guard.isPair(guard.ofHex(digits));

  function* whole(low, transaction) {
    let previous = 0;
    for (const match of guard.each("hexkeys.LONG", low)) {
      const { digits, prefix } = match.groups;
      if (!isRandom(digits)) continue;
      if (isKeyLength(digits, prefix !== undefined)) {
        const inList = previous > 0 && guard.isWhole("hexkeys.LIST", low.slice(previous, match.index));
        const prefixed = prefix !== undefined && digits.length === KEY;
        const weight = guard.weigh(low, match.index, guard.end(match), { prefixed, inList });
        const certain = weight === "key" || isHexPair(digits);
        if (!certain && ((transaction && digits.length === KEY) || weight === "public")) {
          previous = guard.end(match);
          continue;
        }
        yield of(match, certain);
      } else if (isDamagedKey(low, match)) {
        yield of(match);
      }
    }
  }

  function* entropy(low) {
    for (const shape of ["hexkeys.ENTROPY", "hexkeys.BITS"]) {
      for (const match of guard.each(shape, low)) {
        const size = match[0].replace(/^0x/, "").replace(/[^\p{L}\p{N}]/gu, "").length;
        const sized = [32, 40, 48, 56].includes(size) || shape === "hexkeys.BITS";
        if (sized && guard.isCalledEntropy(low, match.index)) yield of(match);
      }
    }
  }

  const chainsOf = (low) => {
    const text = guard.replace("hexkeys.UUID", low, (uuid) => "-".repeat(uuid.length));
    const chains = [];
    let chain = [];
    for (const match of guard.each("hexkeys.GROUP", text)) {
      if (chain.length > 0 && !guard.isWhole("hexkeys.CUT", low.slice(guard.end(chain.at(-1)), match.index))) {
        chains.push(chain);
        chain = [];
      }
      chain.push(match);
    }
    chains.push(chain);
    return chains;
  };

  const windows = (chain) => {
    const found = [];
    let total = 0;
    let first = 0;
    for (const [last, match] of chain.entries()) {
      total += match.groups.digits.length;
      while (total > KEY) {
        total -= chain[first].groups.digits.length;
        first += 1;
      }
      if (total === KEY) found.push([first, last + 1]);
    }
    return found;
  };

  const parts = (low, chain, at) => {
    if (at === 0 || at === chain.length) return true;
    const [before, after] = [chain[at - 1], chain[at]];
    if (low.slice(guard.end(before), after.index).includes("\n")) return true;
    const digits = [before.groups.digits, after.groups.digits];
    return digits[0].length !== digits[1].length && digits.some((one) => /^[a-f]+$/.test(one));
  };

  const digitsOf = (groups) => groups.map((match) => match.groups.digits).join("");
  const isMixed = (groups) => {
    const digits = digitsOf(groups);
    const letters = digits.replace(/\d/g, "");
    return (
      digits.length - letters.length >= number("FEWEST_DIGITS") &&
      letters.length >= number("FEWEST_LETTERS") &&
      new Set(letters).size >= number("FEWEST_DIFFERENT_LETTERS")
    );
  };
  const isCutKey = (groups) => {
    const bytewise = groups.every((match) => match.groups.digits.length <= 2);
    return (
      isMixed(groups) &&
      isRandom(digitsOf(groups)) &&
      (bytewise || groups.slice(1).every((match) => match.groups.prefix === undefined))
    );
  };

  function* cut(low, chains) {
    for (const chain of chains.filter(isMixed)) {
      for (const [first, end] of windows(chain)) {
        const groups = chain.slice(first, end);
        if (!parts(low, chain, first) || !parts(low, chain, end) || !isCutKey(groups)) continue;
        const [begin, stop] = [groups[0].index, guard.end(groups.at(-1))];
        const weight = guard.weigh(low, begin, stop, { prefixed: false });
        if (weight !== "public") yield key(begin, stop, weight === "key");
      }
    }
  }

  function* pairs(chains) {
    for (const chain of chains) {
      const digits = chain.map((match) => match.groups.digits.padStart(2, "0")).join("");
      if (isHexPair(digits)) yield key(chain[0].index, guard.end(chain.at(-1)));
    }
  }

  function* announced(low) {
    let first = null;
    for (const second of guard.each("hexkeys.HALF", low)) {
      if (first !== null) {
        const digits = first.groups.digits + second.groups.digits;
        const near = second.index - guard.end(first) <= number("MOST_BETWEEN");
        if (near && digits.length === KEY && isRandom(digits)) {
          if ([first, second].every((half) => guard.isCalledPart(low, half.index))) {
            yield key(first.index, guard.end(second));
          }
        }
      }
      first = second;
    }
  }

  guard.hexKeys = function* hexKeys({ low }, transaction) {
    const chains = chainsOf(low);
    yield* whole(low, transaction);
    yield* cut(low, chains);
    yield* pairs(chains);
    yield* announced(low);
    for (const match of guard.each("hexkeys.OF_A_WALLET", low)) yield of(match);
    yield* entropy(low);
    for (const match of guard.each("hexkeys.NUMBER", low)) {
      if (guard.isCalledKey(low, match.index)) yield of(match);
    }
  };
})(trustopsGuard);
