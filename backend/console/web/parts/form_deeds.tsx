// The last line of a form: leave it, or send it.

interface Traits {
  notNow: string;
  leave: () => void;
  go: string;
  busy: boolean;
}

export function FormDeeds({ notNow, leave, go, busy }: Traits) {
  return (
    <div class="deeds">
      <button type="button" class="plain" onClick={leave}>
        {notNow}
      </button>
      <button type="submit" class="first" aria-disabled={busy}>
        {go}
      </button>
    </div>
  );
}
