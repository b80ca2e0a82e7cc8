// Reed–Solomon words over GF(2^8) with the polynomial 0x11D, as QR pictures use them (ISO/IEC 18004, 7.5).

const POWERS = new Uint8Array(510);
const LOGS = new Uint8Array(256);

for (let power = 0, value = 1; power < 255; power++) {
  POWERS[power] = POWERS[power + 255] = value;
  LOGS[value] = power;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}

function times(one: number, other: number): number {
  return one && other ? at(POWERS, at(LOGS, one) + at(LOGS, other)) : 0;
}

/** The words of correction for these words of data: the rest of a division by (x − 1)(x − α)(x − α²)… */
export function corrections(data: Uint8Array, count: number): Uint8Array {
  const divisor = divisorOf(count);
  const rest = new Uint8Array(count);
  for (const word of data) {
    const factor = word ^ at(rest, 0);
    rest.copyWithin(0, 1);
    rest[count - 1] = 0;
    for (let place = 0; place < count; place++) rest[place] = at(rest, place) ^ times(at(divisor, place), factor);
  }
  return rest;
}

/** Its coefficients from the second highest down: the highest is 1. */
function divisorOf(degree: number): Uint8Array {
  const made = new Uint8Array(degree);
  made[degree - 1] = 1;
  for (let root = 0; root < degree; root++) {
    for (let place = 0; place < degree; place++) {
      made[place] = times(at(made, place), at(POWERS, root)) ^ (made[place + 1] ?? 0);
    }
  }
  return made;
}

function at(list: Uint8Array, place: number): number {
  return list[place] ?? 0;
}
