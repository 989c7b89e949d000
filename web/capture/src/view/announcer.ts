/** A screen reader needs time to finish: at most one announcement in this time, the newest wins. */
export const kAnnounceEveryMs = 1_200;

export interface Announcer {
  say(text: string): void;
}

export function createAnnouncer(
  speak: (text: string) => void,
  nowMs: () => number,
  later: (task: () => void, ms: number) => void,
): Announcer {
  let last = '';
  let lastAtMs = Number.NEGATIVE_INFINITY;
  let pending: string | null = null;

  function flush(): void {
    if (pending === null || pending === last) {
      pending = null;
      return;
    }
    last = pending;
    lastAtMs = nowMs();
    pending = null;
    speak(last);
  }

  return {
    say(text) {
      const alreadyWaiting = pending !== null;
      pending = text;
      const waitMs = kAnnounceEveryMs - (nowMs() - lastAtMs);
      if (waitMs <= 0) flush();
      else if (!alreadyWaiting) later(flush, waitMs);
    },
  };
}
