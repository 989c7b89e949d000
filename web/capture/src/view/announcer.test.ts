import { beforeEach, describe, expect, it } from 'vitest';
import { createAnnouncer } from './announcer';

let nowMs: number;
let spoken: string[];
let timers: { readonly atMs: number; readonly task: () => void }[];

const announcer = () =>
  createAnnouncer(
    (text) => spoken.push(`${nowMs} ${text}`),
    () => nowMs,
    (task, ms) => timers.push({ atMs: nowMs + ms, task }),
  );

function pass(ms: number): void {
  nowMs += ms;
  const due = timers.filter(({ atMs }) => atMs <= nowMs);
  timers = timers.filter(({ atMs }) => atMs > nowMs);
  for (const { task } of due) task();
}

beforeEach(() => {
  nowMs = 10_000;
  spoken = [];
  timers = [];
});

describe('announcements', () => {
  it('come at once when it was quiet, then at most every 1.2 s with the newest text', () => {
    const voice = announcer();
    voice.say('closer');
    pass(100);
    voice.say('left');
    voice.say('hold still');
    pass(1_099);
    expect(spoken).toEqual(['10000 closer']);
    pass(1);
    expect(spoken).toEqual(['10000 closer', '11200 hold still']);
  });

  it('do not repeat themselves', () => {
    const voice = announcer();
    voice.say('closer');
    pass(5_000);
    voice.say('closer');
    expect(spoken).toEqual(['10000 closer']);
  });

  it('drop a text that was taken back in time', () => {
    const voice = announcer();
    voice.say('closer');
    voice.say('left');
    voice.say('closer');
    pass(1_200);
    expect(spoken).toEqual(['10000 closer']);
  });
});
