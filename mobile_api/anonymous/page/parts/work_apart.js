// The proof of work in a thread of its own, so that the page stays awake.

import { solve } from "./work.js";

self.onmessage = async ({ data }) => self.postMessage(await solve(data.challenge, data.bits));
