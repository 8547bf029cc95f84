// The guard in the browser: the words around a value that say what it is
// (trustops/guard/context.py, cues.py and explorers.py).
"use strict";

((guard) => {
  const number = guard.numbersOf("context");
  const search = (name, text) => guard.search(name, text) !== null;
  const [SILENT, WEAK, STRONG] = [0, 1, 2];
  const LONGEST_LINK = 400;

  const isOf = (host, hosts) => hosts.some((known) => host === known || host.endsWith(`.${known}`));

  const placeOf = (host, path) => {
    const { known, objects, others, names } = guard.data.explorers;
    if (isOf(host, known) && search("explorers.OF_AN_EXPLORER", path)) return "public";
    if (isOf(host, objects) && search("explorers.OBJECT", path)) return "public";
    if (others.some(([hosts, shape]) => isOf(host, hosts) && guard.search(shape, path))) return "public";
    return names.some((name) => host.includes(name)) && !isOf(host, known) ? "imitation" : "unknown";
  };

  const linkBefore = (low, start) => {
    const window = low.slice(Math.max(0, start - LONGEST_LINK), start);
    // Matched from its end.
    const match = guard.matchAt("explorers.TOKEN", window.split("").reverse().join(""));
    if (match === null) return { place: "none", start };
    const begin = start - match[0].length;
    const read = guard.unquote(low.slice(begin, start));
    const scheme = read.lastIndexOf("://");
    const address = scheme >= 0 ? read.slice(scheme + 3) : read.slice(read.lastIndexOf("(") + 1).replace(/^[([{<,;=*]+/, "");
    const host = guard.matchAt("explorers.HOST", address);
    if (host === null) return { place: scheme >= 0 ? "unknown" : "none", start: scheme >= 0 ? begin : start };
    return { place: placeOf(host[1], address.slice(host[0].length)), start: begin };
  };

  const voice = (words) => {
    if (search("context.STRONG", words)) return STRONG;
    return search("context.WEAK", words) ? WEAK : SILENT;
  };
  const withoutCompounds = (low) => guard.replace("cues.COMPOUND", low, " ");
  const withoutDenials = (low) => guard.replace("cues.DENIAL", low, " ");
  const isNegated = (low) => search("cues.NEGATION", low);
  const plain = (words) => (voice(words) === SILENT ? words : withoutDenials(withoutCompounds(words)));
  const clauses = (words) => {
    const parts = [];
    let from = 0;
    for (const match of guard.each("context.CLAUSE_END", words)) {
      parts.push(words.slice(from, match.index));
      from = guard.end(match);
    }
    return [...parts, words.slice(from)];
  };
  const said = (words) =>
    clauses(plain(words))
      .filter((part) => !isNegated(part))
      .join(" ; ");

  // The words before the last match, and those after it.
  const split = (name, words) => {
    const last = guard.each(name, words).at(-1);
    return last ? [words.slice(0, guard.end(last)), words.slice(guard.end(last))] : ["", words];
  };

  const surroundings = (low, start, end, link) => {
    const around = { link };
    const reach = number("SENTENCE_CHARACTERS");
    const cue = number("CUE_CHARACTERS");
    let head = guard.unquote(low.slice(Math.max(0, link.start - reach), link.start));
    const ownLine = guard.search("context.OWN_LINE", head);
    if (ownLine) head = `${head.slice(0, ownLine.index).trimEnd()} `;
    let [earlier, sentence] = split("context.SENTENCE_END", head);
    if (!/[\p{L}\p{N}]/u.test(sentence)) {
      [earlier, sentence] = split("context.SENTENCE_END", head.replace(/["'([{<*\-_ \t\n.!?。]+$/, ""));
    }
    let tail = low.slice(end, end + reach / 2);
    if (link.place !== "none") tail = guard.replace("context.REST_OF_LINK", tail, "");
    tail = guard.unquote(tail);
    const stop = guard.search("context.SENTENCE_END", tail);
    const following = stop ? tail.slice(0, stop.index) : tail;
    const pause = guard.search("context.CLAUSE_END", following);
    around.sentence = sentence;
    around.tail = tail;
    around.following = following;
    around.inLink = guard.unquote(low.slice(link.start, start));
    around.beyond = `${earlier.slice(-cue)} ; ${tail.slice(following.length, following.length + cue)}`;
    // Nothing around the value sounds like a key: most values of a long list.
    const whole = guard.replace("context.DIGITS", `${head} ; ${around.inLink} ; ${tail}`, "0");
    around.isSilent = voice(whole) === SILENT && !whole.includes("phrase");
    const own = split("context.CLAUSE_END", sentence)[1];
    around.clause = `${own} ; ${pause ? following.slice(0, pause.index) : following}`;
    return around;
  };

  const isLabelledKey = (around) =>
    search("context.LABELS_KEY", withoutCompounds(around.sentence)) ||
    search("context.LABELS_KEY", withoutCompounds(around.inLink.slice(-number("EVIDENCE_CHARACTERS")))) ||
    guard.matchAt("context.IS_KEY", plain(around.tail)) !== null;

  const isNamed = (around) =>
    search("context.LABELS_PUBLIC", around.sentence) || guard.matchAt("context.IS_PUBLIC", around.tail) !== null;

  const isNearTransaction = (around) => {
    const near = number("EVIDENCE_CHARACTERS");
    const before = (around.sentence + around.inLink).slice(-near);
    return [before, around.following.slice(0, near)].some((words) => search("context.TRANSACTION", words));
  };

  const isNearChecksum = (around) => {
    const before = around.sentence.slice(-number("CUE_CHARACTERS"));
    return search("context.CHECKSUM", before) || (search("context.FILE", before) && search("context.TRANSACTION", before));
  };

  const weighWords = (around, named, called) => {
    const own = voice(plain(around.clause));
    if (own !== SILENT && (own === STRONG || !called)) return called && isNegated(around.clause) ? "doubt" : "key";
    const others = voice(said(`${around.sentence} ; ${around.following}`));
    if (others === STRONG) return named ? "doubt" : "key";
    if (called) return own === SILENT ? "public" : "doubt";
    return others === WEAK || voice(said(around.beyond)) === STRONG ? "key" : "doubt";
  };

  // What the text says of 64 digits: "public", "key" or "doubt".
  guard.weigh = (low, start, end, { prefixed, inList = false }) => {
    const link = linkBefore(low, start);
    if (link.place === "public") return "public";
    const around = surroundings(low, start, end, link);
    if (!around.isSilent && isLabelledKey(around)) return "key";
    if (link.place === "imitation") return "doubt";
    const named = inList || isNamed(around);
    const called = named || isNearChecksum(around) || (prefixed && isNearTransaction(around));
    if (around.isSilent) return called ? "public" : "doubt";
    return weighWords(around, named, called);
  };

  const before = (low, start) => low.slice(Math.max(0, start - number("CUE_CHARACTERS")), start);
  guard.hasKeyCue = (low, start, end) =>
    [before(low, start), low.slice(end, end + number("CUE_CHARACTERS"))].some((words) => voice(plain(words)) !== SILENT);
  guard.isCalledEntropy = (low, start) => search("context.CALLED_ENTROPY", before(low, start));
  guard.isCalledPart = (low, start) => search("context.CALLED_PART", before(low, start));
  guard.isCalledKey = (low, start) => search("context.CALLED_KEY", withoutCompounds(before(low, start)));
})(trustopsGuard);
