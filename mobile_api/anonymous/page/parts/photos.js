// Photos are made small and written anew in the browser where it can, so that place, time and camera never leave it.

const MOST = 6;
const SIDE = 1600;
const TOGETHER = 640_000;
const LARGEST = 1 << 20;
const QUALITIES = [0.82, 0.65, 0.45, 0.25];
const RED = [200, 30, 60];

const KINDS = ["image/jpeg", "image/png", "image/webp"];

/** `[{name, file, preview, notes, written, refused}]` for the files that were chosen; `written` anew, here. */
export async function prepared(files) {
  const written = await canWrite();
  const kept = Math.floor(TOGETHER / Math.max(1, Math.min(files.length, MOST)));
  return Promise.all([...files].map((file, index) => one(file, index, kept, written)));
}

async function one(file, index, kept, written) {
  const name = `Photo ${index + 1}`;
  if (index >= MOST) return { name, refused: `is one too many: at most ${MOST} go with one concern.` };
  if (!KINDS.includes(file.type)) return { name, refused: "is no JPEG, PNG or WebP picture." };
  const notes = (await hasPlace(file)) ? ["It says where it was taken: that is taken out."] : [];
  try {
    const small = written ? await smaller(file, kept) : file;
    if (small.size > LARGEST) return { name, refused: "is larger than 1 MB. Make it smaller first." };
    return { name, file: small, preview: await asAddress(small), notes, written };
  } catch {
    return { name, refused: "cannot be opened." };
  }
}

async function smaller(file, kept) {
  const picture = await createImageBitmap(file);
  for (let side = SIDE; ; side /= 2) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const sheet = drawn(picture, Math.max(1, picture.width * scale), Math.max(1, picture.height * scale));
    for (const quality of QUALITIES) {
      const found = await fileOf(sheet, quality);
      if (found.size <= kept || side < 512) return found;
    }
  }
}

function drawn(picture, width, height) {
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [Math.round(width), Math.round(height)];
  const pen = sheet.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
  return sheet;
}

function fileOf(sheet, quality) {
  return new Promise((take, fail) => {
    sheet.toBlob((blob) => (blob ? take(blob) : fail(new Error("not written"))), "image/jpeg", quality);
  });
}

/** Tor Browser gives back noise for what was drawn: then the file goes as it is, and the server writes it anew. */
async function canWrite() {
  try {
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [16, 16];
    const pen = sheet.getContext("2d");
    pen.fillStyle = `rgb(${RED.join(",")})`;
    pen.fillRect(0, 0, 16, 16);
    const back = await createImageBitmap(await fileOf(sheet, 0.9));
    const look = drawn(back, 16, 16).getContext("2d").getImageData(0, 0, 16, 16).data;
    return look.every((value, at) => at % 4 === 3 || Math.abs(value - RED[at % 4]) < 12);
  } catch {
    return false;
  }
}

function asAddress(file) {
  return new Promise((take, fail) => {
    const reader = new FileReader();
    reader.onload = () => take(reader.result);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
}

/** Whether a JPEG says where it was taken: its EXIF part names a table of positions (tag 0x8825). */
async function hasPlace(file) {
  const bytes = new DataView(await file.slice(0, 1 << 17).arrayBuffer());
  try {
    if (bytes.getUint16(0) !== 0xffd8) return false;
    for (let at = 2; bytes.getUint16(at) !== 0xffda; at += 2 + bytes.getUint16(at + 2)) {
      if (bytes.getUint16(at) === 0xffe1 && bytes.getUint32(at + 4) === 0x45786966) return namesPlace(bytes, at + 10);
    }
  } catch {
    // The file ends where more was promised: the server looks at it again.
  }
  return false;
}

function namesPlace(bytes, start) {
  const little = bytes.getUint16(start) === 0x4949;
  const table = start + bytes.getUint32(start + 4, little);
  const entries = Array.from({ length: bytes.getUint16(table, little) }, (_, nth) => table + 2 + 12 * nth);
  return entries.some((entry) => bytes.getUint16(entry, little) === 0x8825);
}
