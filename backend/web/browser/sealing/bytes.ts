// Runs of bytes as text and back: base64 with padding, hexadecimal digits, UTF-8.

export type Bytes = Uint8Array<ArrayBuffer>;

const PIECE = 1 << 15;

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** Throws TypeError for what is no UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

export function base64(bytes: Uint8Array): string {
  let binary = "";
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}

/** Throws RangeError for what is not in base64, or not of this length. */
export function fromBase64(text: string, length?: number): Bytes {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new RangeError("not in base64");
  }
  if (length !== undefined && binary.length !== length) throw new RangeError(`not ${length} bytes`);
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function together(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** From the system's own source, which is there without TLS as well. */
export function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
