// The guard in the browser: encodings that prove themselves (trustops/guard/checksums.py). Its own SHA-2 and
// Ed25519, because those of browsers answer later, and on some pages not at all; nothing secret is made with them.
"use strict";

((guard) => {
  // The first bits of the fractional parts of roots of the first primes, as SHA-2 has them.
  const PRIMES = [];
  for (let candidate = 2; PRIMES.length < 80; candidate += 1) {
    if (PRIMES.every((prime) => candidate % prime !== 0)) PRIMES.push(candidate);
  }
  const root = (value, degree) => {
    let low = 0n;
    let high = value;
    while (low < high) {
      const middle = (low + high + 1n) >> 1n;
      if (middle ** degree <= value) low = middle;
      else high = middle - 1n;
    }
    return low;
  };
  const fraction = (prime, degree) => BigInt.asUintN(64, root(BigInt(prime) << (64n * degree), degree));
  const CUBES = PRIMES.map((prime) => fraction(prime, 3n));
  const SQUARES = PRIMES.slice(0, 8).map((prime) => fraction(prime, 2n));
  const K = Uint32Array.from(CUBES.slice(0, 64), (value) => Number(value >> 32n));

  const padded = (bytes, block) => {
    const size = Math.ceil((bytes.length + 1 + block / 8) / block) * block;
    const all = new Uint8Array(size);
    all.set(bytes);
    all[bytes.length] = 0x80;
    new DataView(all.buffer).setUint32(size - 4, bytes.length * 8);
    return new DataView(all.buffer);
  };

  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  guard.sha256 = (bytes) => {
    const message = padded(bytes, 64);
    const hash = Uint32Array.from(SQUARES, (value) => Number(value >> 32n));
    const w = new Uint32Array(64);
    for (let block = 0; block < message.byteLength; block += 64) {
      for (let at = 0; at < 64; at += 1) {
        if (at < 16) {
          w[at] = message.getUint32(block + at * 4);
          continue;
        }
        const [early, late] = [w[at - 15], w[at - 2]];
        const first = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
        const second = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
        w[at] = w[at - 16] + first + w[at - 7] + second;
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let at = 0; at < 64; at += 1) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[at] + w[at]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) hash[at] += value;
    }
    const out = new DataView(new ArrayBuffer(32));
    for (const [at, word] of hash.entries()) out.setUint32(at * 4, word);
    return new Uint8Array(out.buffer);
  };

  // Words of a phrase of BIP-39, and whether words at these places of a list are one with its checksum.
  guard.PHRASE_SIZES = [12, 15, 18, 21, 24];
  guard.isBip39 = (places) => {
    const bits = places.map((place) => place.toString(2).padStart(guard.number("checksums.WORD_BITS"), "0")).join("");
    const size = Math.floor(bits.length / guard.number("checksums.CHECKSUM_SHARE"));
    const entropy = Uint8Array.from({ length: size * 4 }, (_, at) => Number.parseInt(bits.slice(at * 8, at * 8 + 8), 2));
    const checksum = guard.sha256(entropy)[0].toString(2).padStart(8, "0").slice(0, size);
    return checksum === bits.slice(-size);
  };

  const wide = (value) => BigInt.asUintN(64, value);
  const turn64 = (word, by) => wide((word >> by) | (word << (64n - by)));

  guard.sha512 = (bytes) => {
    const message = padded(bytes, 128);
    const hash = [...SQUARES];
    for (let block = 0; block < message.byteLength; block += 128) {
      const w = [];
      for (let at = 0; at < 80; at += 1) {
        if (at < 16) {
          w.push(message.getBigUint64(block + at * 8));
          continue;
        }
        const [early, late] = [w[at - 15], w[at - 2]];
        const first = turn64(early, 1n) ^ turn64(early, 8n) ^ (early >> 7n);
        const second = turn64(late, 19n) ^ turn64(late, 61n) ^ (late >> 6n);
        w.push(wide(w[at - 16] + first + w[at - 7] + second));
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let at = 0; at < 80; at += 1) {
        const one = h + (turn64(e, 14n) ^ turn64(e, 18n) ^ turn64(e, 41n)) + ((e & f) ^ (wide(~e) & g)) + CUBES[at] + w[at];
        const two = (turn64(a, 28n) ^ turn64(a, 34n) ^ turn64(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
        [h, g, f, e, d, c, b, a] = [g, f, e, wide(d + one), c, b, a, wide(one + two)];
      }
      for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) hash[at] = wide(hash[at] + value);
    }
    const out = new DataView(new ArrayBuffer(64));
    for (const [at, word] of hash.entries()) out.setBigUint64(at * 8, word);
    return new Uint8Array(out.buffer);
  };

  const P = 2n ** 255n - 19n;
  const mod = (value) => ((value % P) + P) % P;
  const power = (base, exponent) => {
    let result = 1n;
    for (let value = mod(base); exponent > 0n; exponent >>= 1n, value = mod(value * value)) {
      if (exponent & 1n) result = mod(result * value);
    }
    return result;
  };
  const inverse = (value) => power(value, P - 2n);
  const D = mod(-121665n * inverse(121666n));
  const BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202n;
  const BASE_Y = mod(4n * inverse(5n));

  // Points in extended coordinates.
  const plus = ([x1, y1, z1, t1], [x2, y2, z2, t2]) => {
    const a = mod((y1 - x1) * (y2 - x2));
    const b = mod((y1 + x1) * (y2 + x2));
    const c = mod(2n * t1 * t2 * D);
    const d = mod(2n * z1 * z2);
    const [e, f, g, h] = [b - a, d - c, d + c, b + a];
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  };
  const little = (bytes) => BigInt(`0x${[...bytes].reverse().map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);

  // Whether the second half of 64 bytes is the public key of the first.
  guard.isEd25519Pair = (raw) => {
    if (raw.length !== 64) return false;
    const half = guard.sha512(raw.slice(0, 32)).slice(0, 32);
    half[0] &= 248;
    half[31] = (half[31] & 127) | 64;
    let sum = [0n, 1n, 1n, 0n];
    let step = [BASE_X, BASE_Y, 1n, mod(BASE_X * BASE_Y)];
    for (let scalar = little(half); scalar > 0n; scalar >>= 1n, step = plus(step, step)) {
      if (scalar & 1n) sum = plus(sum, step);
    }
    const over = inverse(sum[2]);
    const [x, y] = [mod(sum[0] * over), mod(sum[1] * over)];
    return little(raw.slice(32)) === (y | ((x & 1n) << 255n));
  };

  const BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  const RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

  const base58 = (text, alphabet = BITCOIN) => {
    let value = 0n;
    for (const char of text) {
      const place = alphabet.indexOf(char);
      if (place < 0) return new Uint8Array();
      value = value * 58n + BigInt(place);
    }
    let digits = value === 0n ? "" : value.toString(16);
    if (digits.length % 2 === 1) digits = `0${digits}`;
    const zeros = text.length - text.replace(new RegExp(`^${alphabet[0]}+`), "").length;
    return Uint8Array.from([...new Uint8Array(zeros), ...guard.ofHex(digits)]);
  };
  const base58check = (text, alphabet) => {
    const bytes = base58(text, alphabet);
    const [payload, checksum] = [bytes.slice(0, -4), bytes.slice(-4)];
    if (checksum.length < 4) return new Uint8Array();
    const hash = guard.sha256(guard.sha256(payload));
    return checksum.every((byte, at) => byte === hash[at]) ? payload : new Uint8Array();
  };
  const startsWith = (bytes, mark) => mark.every((byte, at) => bytes[at] === byte);

  const isWif = (text) => {
    const payload = base58check(text);
    const sized = payload.length === 33 || (payload.length === 34 && payload[33] === 1);
    return sized && [0x80, 0xef, 0xb0, 0x9e, 0xcc].includes(payload[0]);
  };
  const isBip38 = (text) => {
    const payload = base58check(text);
    return startsWith(payload, [1, 0x42]) || startsWith(payload, [1, 0x43]);
  };
  const isExtendedKey = (text) => {
    const payload = base58check(text);
    return payload.length === 78 && payload[45] === 0;
  };
  const isRippleSeed = (text) => {
    const payload = base58check(text, RIPPLE);
    return [[0x21], [1, 0xe1, 0x4b]].some((mark) => startsWith(payload, mark) && payload.length === mark.length + 16);
  };

  const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const isStellarSeed = (text) => {
    const bits = [...text].map((char) => BASE32.indexOf(char).toString(2).padStart(5, "0")).join("");
    const payload = bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2));
    let crc = 0;
    for (const byte of payload.slice(0, -2)) {
      crc ^= byte << 8;
      for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
    }
    return payload.length === 35 && payload[0] === 18 << 3 && payload[33] === (crc & 255) && payload[34] === crc >> 8;
  };
  const isSolanaSecret = (text) => guard.isEd25519Pair(base58(text));

  // By length in characters: what a key of this length has to pass.
  guard.proofs = new Map([[51, isWif], [52, isWif], [58, isBip38], [111, isExtendedKey]]);
  for (let size = 84; size <= 88; size += 1) guard.proofs.set(size, isSolanaSecret);
  guard.namedProofs = { _certain: () => true, is_stellar_seed: isStellarSeed, is_ripple_seed: isRippleSeed };
})(trustopsGuard);
