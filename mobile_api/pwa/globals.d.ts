// What the build puts into the service worker: the files to keep, and which build this is.

declare const KEPT: string[];
declare const VERSION: string;

declare module "*.css";
