// Which way and how far: the geometry alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrow, bearing, distance_m, headingOf, isHere, turned, wind } from "../../mobile_api/pwa/bearing.ts";

const QUEENS_LAWN = { latitude: 51.4985, longitude: -0.177 };
const north = (metres: number) => ({ ...QUEENS_LAWN, latitude: QUEENS_LAWN.latitude + metres / 111_195 });
const east = (metres: number) => ({ ...QUEENS_LAWN, longitude: QUEENS_LAWN.longitude + metres / 69_222 });

test("distances on a campus are right to the metre", () => {
  assert.ok(Math.abs(distance_m(QUEENS_LAWN, north(150)) - 150) < 1);
  assert.ok(Math.abs(distance_m(QUEENS_LAWN, east(150)) - 150) < 1);
  assert.equal(distance_m(QUEENS_LAWN, QUEENS_LAWN), 0);
});

test("the four quarters, and the way back is the other way", () => {
  const quarters = [north(100), east(100), north(-100), east(-100)].map((to) => bearing(QUEENS_LAWN, to));

  assert.deepEqual(
    quarters.map((degrees) => wind(degrees)),
    ["n", "e", "s", "w"],
  );
  assert.ok(Math.abs(turned(bearing(north(100), QUEENS_LAWN)) - 180) < 0.1);
});

test("over the line where the days change the short way is taken", () => {
  const [fiji, samoa] = [
    { latitude: 0, longitude: 179.99 },
    { latitude: 0, longitude: -179.99 },
  ];

  assert.equal(wind(bearing(fiji, samoa)), "e");
  assert.ok(distance_m(fiji, samoa) < 3000);
});

test("each wind has an eighth of the turn, north from either side", () => {
  const winds = [0, 22, 23, 67, 68, 135, 200, 270, 315, 337, 338, 359.9, -10, 720].map((degrees) => wind(degrees));

  assert.deepEqual(winds, ["n", "n", "ne", "ne", "e", "se", "s", "w", "nw", "nw", "n", "n", "n", "n"]);
});

test("an arrow points the same way over ground however the phone is turned", () => {
  assert.deepEqual([arrow(90, 0), arrow(90, 90), arrow(90, 180), arrow(10, 350)], [90, 0, 270, 20]);
});

test("only a sensor that knows north gives a heading, and a phone laid on its side is reckoned with", () => {
  const relative = headingOf({ alpha: 30, absolute: false }, 0);
  const android = headingOf({ alpha: 30, absolute: true }, 0);
  const ios = headingOf({ alpha: 30, absolute: false, webkitCompassHeading: 200 }, 0);
  const aside = headingOf({ alpha: 30, absolute: true }, 90);

  assert.deepEqual([relative, android, ios, aside], [null, 330, 200, 60]);
  assert.equal(headingOf({ alpha: null, absolute: true }, 0), null);
});

test("what neither phone can tell apart is the same place, but a poor fix does not bring anybody near", () => {
  assert.deepEqual(
    [isHere(9), isHere(30, 8, 35), isHere(41, 8, 500), isHere(30, null, undefined)],
    [true, true, false, false],
  );
});
