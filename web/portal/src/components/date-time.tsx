import { useEffect, useState } from 'preact/hooks';
import { absoluteTime, dateOnly, relativeTime } from './time';

const ticking = new Set<() => void>();
setInterval(() => {
  for (const tick of ticking) tick();
}, 30_000);

/** The current time, renewed every half minute for everything that shows "n minutes ago". */
function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const tick = () => setNow(new Date());
    ticking.add(tick);
    return () => {
      ticking.delete(tick);
    };
  }, []);
  return now;
}

export interface DateTimeProps {
  /** RFC 3339; null shows `missing`. */
  readonly value: string | null;
  /** relative: "5 minutes ago" with the exact time as tooltip; both: exact time and, muted, the distance. */
  readonly show?: 'relative' | 'absolute' | 'both' | 'date';
  readonly missing?: string;
}

export function DateTime({ value, show = 'relative', missing = 'Never' }: DateTimeProps) {
  const now = useNow();
  const at = value === null ? null : new Date(value);
  if (at === null || Number.isNaN(at.getTime())) return <span class="muted">{missing}</span>;
  const exact = absoluteTime(at);
  const distance = relativeTime(at, now);
  return (
    <time class="time" dateTime={at.toISOString()} title={`${exact} · ${at.toISOString()}`}>
      {show === 'relative' && distance}
      {show === 'absolute' && exact}
      {show === 'date' && dateOnly(at)}
      {show === 'both' && (
        <>
          {exact} <span class="muted">{distance}</span>
        </>
      )}
    </time>
  );
}
