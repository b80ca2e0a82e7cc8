// What the build takes in besides TypeScript.

declare module "*.css";
