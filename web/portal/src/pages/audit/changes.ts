export interface Change {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Pairs of before and after out of an event's details. The server writes them as `name.before` and `name.after`, as
 * `before.name` and `after.name`, or as `name` = "old -> new".
 */
export function changesOf(details: Readonly<Record<string, string>>): {
  readonly changed: readonly Change[];
  readonly others: readonly (readonly [string, string])[];
} {
  const pairs = new Map<string, { before?: string; after?: string }>();
  const others: (readonly [string, string])[] = [];
  for (const [key, value] of Object.entries(details)) {
    const found = /^(.+)[._](before|after)$/.exec(key) ?? /^(before|after)[._](.+)$/.exec(key);
    const arrow = /^([\s\S]*?) (?:->|→) ([\s\S]*)$/.exec(value);
    if (found !== null) {
      const [side, name] =
        found[1] === 'before' || found[1] === 'after' ? [found[1], found[2]] : [found[2], found[1]];
      pairs.set(name ?? key, { ...pairs.get(name ?? key), [side ?? 'after']: value });
    } else if (arrow !== null) {
      pairs.set(key, { before: arrow[1] ?? '', after: arrow[2] ?? '' });
    } else {
      others.push([key, value]);
    }
  }
  const changed = [...pairs].map(([name, { before = '', after = '' }]) => ({ name, before, after }));
  return { changed, others };
}
