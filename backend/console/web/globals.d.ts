// What the build takes in besides TypeScript.

declare module "*.css";

/** Where the worker is that makes and opens key files. */
declare const UNLOCKING: string;
