// The three sounds of every face, made by the page: a new emergency, somebody is asked, something was said.

/** Notes of one period of a sound: when, which pitch and how long, in seconds and hertz. */
interface Note {
  at: number;
  hz: number;
  for: number;
}

/** Told apart by their tune and not by their pitch alone: who hears badly hears the rhythm. */
const TUNES = {
  newEmergency: {
    every_s: 1.2,
    notes: [0, 0.3, 0.6, 0.9].map((at, index) => ({ at, hz: index % 2 ? 740 : 988, for: 0.28 })),
  },
  offer: {
    every_s: 1.8,
    notes: [
      { at: 0, hz: 659, for: 0.16 },
      { at: 0.18, hz: 880, for: 0.16 },
      { at: 0.36, hz: 1175, for: 0.36 },
    ],
  },
  message: { every_s: 1, notes: [{ at: 0, hz: 587, for: 0.12 }] },
} satisfies Record<string, { every_s: number; notes: Note[] }>;

/** Without a ramp a note begins and ends with a click. */
const RAMP_S = 0.015;

/** One period of a tune as samples between -1 and 1; a third of the octave above carries on a small loudspeaker. */
export function samples(name: keyof typeof TUNES, rate: number): Float32Array<ArrayBuffer> {
  const { every_s, notes } = TUNES[name];
  const made = new Float32Array(Math.round(every_s * rate));
  for (const note of notes) {
    const first = Math.round(note.at * rate);
    const count = Math.round(note.for * rate);
    for (let index = 0; index < count && first + index < made.length; index += 1) {
      const t = index / rate;
      const edge = Math.min(1, t / RAMP_S, (note.for - t) / RAMP_S);
      const wave = Math.sin(2 * Math.PI * note.hz * t) * 0.7 + Math.sin(4 * Math.PI * note.hz * t) * 0.25;
      made[first + index] = wave * Math.max(0, edge);
    }
  }
  return made;
}

let context: AudioContext | null = null;
let tell: () => void = () => undefined;

/** Hears of it whenever the browser begins or ends to let sounds through. */
export function onSoundChange(changed: () => void): void {
  tell = changed;
}

/** "blocked" until somebody touches the page: browsers let no page sound by itself. "none" where there is no sound at all. */
export function soundState(): "on" | "blocked" | "none" {
  const audio = opened();
  if (!audio) return "none";
  return audio.state === "running" ? "on" : "blocked";
}

/** To be called by a touch or a key, or it changes nothing. */
export async function allowSound(): Promise<void> {
  await opened()
    ?.resume()
    .catch(() => undefined);
  tell();
}

function opened(): AudioContext | null {
  if (!context && typeof AudioContext !== "undefined") {
    context = new AudioContext();
    context.addEventListener("statechange", () => tell());
    // Whoever touches anything has allowed it: nobody should have to find a switch.
    for (const touch of ["pointerup", "keydown"]) {
      window.addEventListener(touch, () => context?.state !== "running" && void allowSound());
    }
  }
  return context;
}

/** A loop of the audio thread: it goes on at its pace though the page's own clocks are slowed down in a pocket. */
class Sound {
  private playing: AudioBufferSourceNode | null = null;

  constructor(private readonly name: keyof typeof TUNES) {}

  /** From its beginning, over and over if `repeating`; one that repeats already goes on. */
  start({ repeating = false } = {}): void {
    const audio = opened();
    if (!audio || this.playing?.loop) return;
    this.stop();
    void audio.resume().catch(() => undefined);
    // One that could not be heard when it was news is not made up for later: only what still goes on.
    if (!repeating && audio.state !== "running") return;
    const made = samples(this.name, audio.sampleRate);
    const buffer = audio.createBuffer(1, made.length, audio.sampleRate);
    buffer.copyToChannel(made, 0);
    const source = audio.createBufferSource();
    source.buffer = buffer;
    source.loop = repeating;
    source.connect(audio.destination);
    source.onended = () => {
      if (this.playing === source) this.playing = null;
    };
    source.start();
    this.playing = source;
  }

  stop(): void {
    const { playing } = this;
    this.playing = null;
    playing?.stop();
    playing?.disconnect();
  }
}

export const newEmergency = new Sound("newEmergency");
export const offer = new Sound("offer");
export const message = new Sound("message");
