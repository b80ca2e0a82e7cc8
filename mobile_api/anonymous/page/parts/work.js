// Proof of work: a nonce behind the challenge whose SHA-256 begins with so many zero bits. Plain arithmetic, since the
// browser's own digest is not there without TLS and is slower for many short texts.

const BLOCK = 64;
const HEX_DIGITS = 16;

const [START, ROUND] = constants();

/** The nonce as text. `pause` is awaited now and then, so that a page that computes it by itself stays alive. */
export async function solve(challenge, bits, pause = async () => {}, every = 4000) {
  const text = new TextEncoder().encode(challenge);
  const whole = text.length - (text.length % BLOCK);
  const state = START.slice();
  for (let at = 0; at < whole; at += BLOCK) mix(state, text.subarray(at, at + BLOCK));
  const rest = text.subarray(whole);
  for (let tries = 0; ; tries += 1) {
    const nonce = tries.toString(HEX_DIGITS);
    if (zeroes(ended(state, rest, text.length, nonce)) >= bits) return nonce;
    if (tries % every === every - 1) await pause();
  }
}

/** The digest, as eight words, of what `state` has taken in, with `rest` and the nonce behind it. */
function ended(state, rest, taken, nonce) {
  const length = rest.length + nonce.length;
  const tail = new Uint8Array(length + 9 <= BLOCK ? BLOCK : 2 * BLOCK);
  tail.set(rest);
  for (let at = 0; at < nonce.length; at += 1) tail[rest.length + at] = nonce.charCodeAt(at);
  tail[length] = 0x80;
  new DataView(tail.buffer).setUint32(tail.length - 4, (taken + nonce.length) * 8);
  const digest = state.slice();
  for (let at = 0; at < tail.length; at += BLOCK) mix(digest, tail.subarray(at, at + BLOCK));
  return digest;
}

function zeroes(digest) {
  return digest[0] !== 0 ? Math.clz32(digest[0]) : 32 + Math.clz32(digest[1]);
}

const schedule = new Int32Array(BLOCK);

function mix(state, block) {
  for (let i = 0; i < 16; i += 1) {
    schedule[i] = (block[4 * i] << 24) | (block[4 * i + 1] << 16) | (block[4 * i + 2] << 8) | block[4 * i + 3];
  }
  for (let i = 16; i < BLOCK; i += 1) {
    const early = schedule[i - 15];
    const late = schedule[i - 2];
    const low = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const high = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    schedule[i] = (schedule[i - 16] + low + schedule[i - 7] + high) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < BLOCK; i += 1) {
    const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + high + ((e & f) ^ (~e & g)) + ROUND[i] + schedule[i]) | 0;
    const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i] + word) | 0;
  });
}

function turned(word, by) {
  return (word >>> by) | (word << (32 - by));
}

/** The first 32 bits behind the point of the square roots of 8 primes, and of the cube roots of 64. */
function constants() {
  const primes = [];
  for (let number = 2; primes.length < BLOCK; number += 1) {
    if (primes.every((prime) => number % prime)) primes.push(number);
  }
  return [
    Int32Array.from(primes.slice(0, 8), (prime) => fraction(prime, 2n)),
    Int32Array.from(primes, (prime) => fraction(prime, 3n)),
  ];
}

function fraction(prime, power) {
  const wanted = BigInt(prime) << (32n * power);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** power <= wanted) low = middle;
    else high = middle;
  }
  return Number(BigInt.asIntN(32, low));
}
