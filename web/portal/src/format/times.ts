// Times that `DateTime` does not show. Every function takes RFC 3339 text and, where it needs one, the present moment.

const kClock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function read(at: string): number {
  return new Date(at).getTime();
}

/** "09:15:02" in the time zone of the browser. */
export const clockTime = (at: string): string => (Number.isNaN(read(at)) ? '–' : kClock.format(read(at)));

/** Milliseconds between two moments; null when one of them is not there. */
export function between(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  const difference = read(to) - read(from);
  return Number.isNaN(difference) ? null : difference;
}

/** Time left until `at` as "1 d 3 h", "3 h 12 min", "4 min 9 s"; null once it is over. */
export function countdown(at: string, now: number): string | null {
  const seconds = Math.ceil((read(at) - now) / 1000);
  if (!(seconds > 0)) return null;
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** Age of a thing in whole days. */
export function ageInDays(at: string, now: number): number {
  return Math.max(0, Math.floor((now - read(at)) / 86_400_000));
}
