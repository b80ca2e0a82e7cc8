// Whether this browser can draw a map at all, asked once.

let known: boolean | null = null;

export function drawsMaps(): boolean {
  known ??= asked();
  return known;
}

function asked(): boolean {
  const pen = document.createElement("canvas").getContext("webgl2");
  // Browsers count how many of these a page has; this one is given back.
  pen?.getExtension("WEBGL_lose_context")?.loseContext();
  return pen !== null;
}
