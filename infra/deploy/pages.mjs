// What people's browsers load, built from the TypeScript of each face: small files with their content's hash in the name.

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";

const COMMON = {
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "safari15.4"],
  jsx: "automatic",
  jsxImportSource: "preact",
  logLevel: "warning",
  legalComments: "none",
};

/** The phone: everything beside `index.html`, `sw.js` and the manifest has its hash in its name and never changes. */
async function phone() {
  const home = "mobile_api/pwa";
  const files = new Map();
  const put = (name, bytes) => {
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    const hashed = name.replace(/(\.[^.]+)$/, `-${hash}$1`);
    files.set(hashed, bytes);
    return `/app/${hashed}`;
  };
  const made = await build({
    ...COMMON,
    entryPoints: { app: `${home}/main.tsx` },
    outdir: home,
    write: false,
    loader: { ".svg": "dataurl" },
  });
  const addresses = {};
  for (const { path, contents } of made.outputFiles) addresses[basename(path)] = put(basename(path), contents);
  for (const name of await readdir(`${home}/pictures`)) {
    addresses[name] = put(name, await readFile(`${home}/pictures/${name}`));
  }
  files.set("index.html", await filled(`${home}/index.html`, addresses));
  files.set("manifest.webmanifest", await filled(`${home}/manifest.webmanifest`, addresses));
  const kept = [...files.keys()].filter((name) => name !== "index.html").map((name) => `/app/${name}`);
  const whole = createHash("sha256");
  for (const [name, bytes] of files) whole.update(name).update(bytes);
  const worker = await build({
    ...COMMON,
    entryPoints: [`${home}/sw.ts`],
    write: false,
    define: { KEPT: JSON.stringify(["/app", ...kept]), VERSION: JSON.stringify(whole.digest("hex").slice(0, 12)) },
  });
  files.set("sw.js", worker.outputFiles[0].contents);
  await lay(`${home}/built`, files);
}

/** The console: a small frame and a file for each room, fetched when somebody enters it; esbuild puts the hashes. */
async function consolePages() {
  const home = "backend/console/web";
  const files = new Map();
  // A worker has an address and no import: built first, so that the room that begins it knows its name.
  const apart = await build({
    ...COMMON,
    entryPoints: {
      unlocking: `${home}/rooms/concerns/unlocking_worker.ts`,
      map_worker: "maplibre-gl/dist/maplibre-gl-worker.mjs",
    },
    outdir: home,
    entryNames: "[name]-[hash]",
    write: false,
  });
  const [unlocking, mapWorker] = apart.outputFiles.map(({ path }) => `/console/${basename(path)}`);
  for (const { path, contents } of apart.outputFiles) files.set(basename(path), contents);
  const made = await build({
    ...COMMON,
    define: { UNLOCKING: JSON.stringify(unlocking), MAP_WORKER: JSON.stringify(mapWorker) },
    entryPoints: {
      console: `${home}/main.tsx`,
      dark: "backend/web/browser/dark.css",
      icon: "mobile_api/pwa/pictures/icon.svg",
    },
    outdir: home,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    publicPath: "/console",
    splitting: true,
    write: false,
    metafile: true,
    loader: { ".svg": "copy" },
  });
  const addresses = {};
  for (const { path, contents } of made.outputFiles) files.set(basename(path), contents);
  for (const [path, { entryPoint, cssBundle }] of Object.entries(made.metafile.outputs)) {
    if (entryPoint) addresses[basename(path).replace(/-[0-9A-Z]{8}(\.\w+)$/, "$1")] = `/console/${basename(path)}`;
    if (entryPoint === `${home}/main.tsx` && cssBundle) addresses["console.css"] = `/console/${basename(cssBundle)}`;
  }
  files.set("index.html", await filled(`${home}/index.html`, addresses));
  await lay(`${home}/built`, files);
}

/** A page in which every `{{name}}` is the address of the file that was made for it. */
async function filled(path, addresses) {
  const text = await readFile(path, "utf8");
  return text.replace(/\{\{(\S+?)\}\}/g, (_, wanted) => {
    if (!addresses[wanted]) throw new Error(`${path} wants ${wanted}, which nothing makes`);
    return addresses[wanted];
  });
}

/** What seals a reporter's words in their browser: one file that nobody's browser keeps. */
async function sealing() {
  const home = "mobile_api/anonymous/page";
  const made = await build({ ...COMMON, entryPoints: [`${home}/sealing/main.ts`], write: false });
  await lay(`${home}/built`, new Map([["sealing.js", made.outputFiles[0].contents]]));
}

/** All at once: a server that runs meanwhile has the pages of before or those of now. */
async function lay(folder, files) {
  const [fresh, old] = [`${folder}.new`, `${folder}.old`];
  for (const stale of [fresh, old]) await rm(stale, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  for (const [name, bytes] of files) await writeFile(join(fresh, name), bytes);
  await rename(folder, old).catch(() => {});
  await rename(fresh, folder);
  await rm(old, { recursive: true, force: true });
}

/** The tests of pure files, for Node's own runner: `tests/pages/queue.test.ts` becomes `tests/pages/built/queue.test.mjs`. */
async function tests() {
  const home = "tests/pages";
  const names = (await readdir(home)).filter((name) => name.endsWith(".test.ts"));
  await rm(`${home}/built`, { recursive: true, force: true });
  await build({
    ...COMMON,
    minify: false,
    platform: "node",
    target: "node18.19",
    entryPoints: names.map((name) => `${home}/${name}`),
    outdir: `${home}/built`,
    outExtension: { ".js": ".mjs" },
    sourcemap: "inline",
  });
}

if (process.argv.includes("--tests")) await tests();
else await Promise.all([phone(), consolePages(), sealing()]);
