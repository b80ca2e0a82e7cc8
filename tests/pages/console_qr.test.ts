// The picture that an authenticator reads, against what another maker of such pictures draws.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { pictureOf } from "../../backend/console/web/authenticator/qr.ts";

const LINK =
  "otpauth://totp/Bluelight:controller1%40demo.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Bluelight";

const drawn = (text: string, mask?: number) =>
  pictureOf(text, mask)?.map((row) => row.map((dark) => (dark ? "#" : ".")).join("")) ?? [];

test("a word is drawn as the Python package qrcode 8.2 draws it", () => {
  assert.deepEqual(drawn("Bluelight", 2), [
    "#######...###.#######",
    "#.....#.###.#.#.....#",
    "#.###.#...###.#.###.#",
    "#.###.#.##..#.#.###.#",
    "#.###.#..#..#.#.###.#",
    "#.....#.#..#..#.....#",
    "#######.#.#.#.#######",
    ".........#...........",
    "#####.###..#.#.#.#.#.",
    "..#......####.####..#",
    "#.###.#.#.#.#.....##.",
    "####.#.###.###..###.#",
    "###...##....###..#...",
    "........##..##.####..",
    "#######.#.##.....###.",
    "#.....#..##......###.",
    "#.###.#.#..#...##...#",
    "#.###.#.###########..",
    "#.###.#.###.#.#..##..",
    "#.....#.##.#####.##..",
    "#######.#...#...#..#.",
  ]);
});

// Length, mask, and what it was there: versions 2, 6, 7, 10, 11, 13 and 15, so one block and several, short and long.
const ELSEWHERE: [number, number, string][] = [
  [20, 0, "ac7c2cb1a449fcf5"],
  [109, 6, "a2152f8fd1541dbf"],
  [150, 5, "5db260894975a981"],
  [231, 3, "ba76790f010071e9"],
  [300, 1, "ae21edeba362d4df"],
  [400, 7, "504a66f936f39e2f"],
  [520, 4, "cb67e40b6ab45188"],
];

for (const [length, mask, digest] of ELSEWHERE) {
  test(`${length} letters are drawn as elsewhere`, () => {
    const picture = drawn(LINK.repeat(5).slice(0, length), mask).join("\n");

    assert.equal(createHash("sha256").update(picture).digest("hex").slice(0, 16), digest);
  });
}

test("the mask is the one that is easiest to read, and what is too long is left to be typed", () => {
  const chosen = drawn(LINK).join("\n");

  assert.ok([0, 1, 2, 3, 4, 5, 6, 7].some((mask) => drawn(LINK, mask).join("\n") === chosen));
  assert.equal(pictureOf("x".repeat(521)), null);
});
