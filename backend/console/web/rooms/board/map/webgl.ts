// Whether this browser can draw a map at all, and whether it has a card to do it with; asked once.

interface Drawing {
  can: boolean;
  /** By the processor alone: every pixel takes it from the page. */
  inSoftware: boolean;
}

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

let known: Drawing | null = null;

export function drawsMaps(): boolean {
  known ??= asked();
  return known.can;
}

export function drawsInSoftware(): boolean {
  known ??= asked();
  return known.inSoftware;
}

function asked(): Drawing {
  const pen = document.createElement("canvas").getContext("webgl2");
  if (!pen) return { can: false, inSoftware: false };
  const told = pen.getExtension("WEBGL_debug_renderer_info");
  const name = String(pen.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : pen.RENDERER));
  // Browsers count how many of these a page has; this one is given back.
  pen.getExtension("WEBGL_lose_context")?.loseContext();
  return { can: true, inSoftware: SOFTWARE.test(name) };
}
