// What the build takes in besides TypeScript.

declare module "*.css";

/** Where the worker is that makes and opens key files. */
declare const UNLOCKING: string;

/** Where MapLibre's own worker is: under this page, since a worker of no other address may run here. */
declare const MAP_WORKER: string;
