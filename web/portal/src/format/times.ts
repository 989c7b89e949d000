// Times as people read them. Every function takes RFC 3339 text and, where it needs one, the present moment.

const kDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const kClock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const kRelative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });

const kSteps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function read(at: string | null): Date | null {
  if (at === null) return null;
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** "24 Nov 2026, 09:15:02" in the time zone of the browser; null reads "Never" or what the caller says. */
export function dateAndTime(at: string | null, missing = 'Never'): string {
  const date = read(at);
  return date === null ? missing : `${kDay.format(date)}, ${kClock.format(date)}`;
}

export const clockTime = (at: string): string => {
  const date = read(at);
  return date === null ? '–' : kClock.format(date);
};

/** "3 minutes ago", "in 2 days", "just now". */
export function relative(at: string | null, now: number, missing = 'Never'): string {
  const date = read(at);
  if (date === null) return missing;
  const difference = date.getTime() - now;
  for (const [unit, milliseconds] of kSteps)
    if (Math.abs(difference) >= milliseconds) return kRelative.format(Math.trunc(difference / milliseconds), unit);
  return difference > 5_000 ? 'in less than a minute' : 'just now';
}

/** Time left until `at` as "1 d 3 h", "3 h 12 min", "4 min 9 s"; null once it is over. */
export function countdown(at: string, now: number): string | null {
  const date = read(at);
  const seconds = date === null ? 0 : Math.ceil((date.getTime() - now) / 1000);
  if (seconds <= 0) return null;
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** Age of a thing in whole days, for "31 days old". */
export function ageInDays(at: string, now: number): number {
  const date = read(at);
  return date === null ? 0 : Math.max(0, Math.floor((now - date.getTime()) / 86_400_000));
}
