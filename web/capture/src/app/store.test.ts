import { describe, expect, it } from 'vitest';
import type { Effect } from '../state/events';
import { booted, kAgreed, kEnvironment, loaded } from '../state/fixtures';
import { initialModel } from '../state/reducer';
import { createStore, type Store } from './store';

describe('the store', () => {
  it('runs effects after the change, and events raised meanwhile after those', () => {
    const log: string[] = [];
    const store: Store = createStore(
      initialModel(kEnvironment),
      (now, before) => log.push(`${before.screen.kind} → ${now.screen.kind}`),
      (effect: Effect) => {
        log.push(effect.kind);
        if (effect.kind === 'load_session') {
          store.dispatch(loaded(kAgreed));
          log.push(`still ${store.model().screen.kind}`);
        }
      },
    );

    store.dispatch(booted);

    expect(log).toEqual(['load_session', 'still boot', 'boot → intro', 'load_tracker']);
  });

  it('tells nobody when nothing changed', () => {
    let changes = 0;
    const store = createStore(
      initialModel(kEnvironment),
      () => changes++,
      () => undefined,
    );
    store.dispatch({ kind: 'retry' });
    expect(changes).toBe(0);
  });

  it('keeps working after an effect that throws', () => {
    const store = createStore(
      initialModel(kEnvironment),
      () => undefined,
      (effect) => {
        if (effect.kind === 'load_session') throw new Error('no network object');
      },
    );
    expect(() => store.dispatch(booted)).toThrow('no network object');
    store.dispatch(loaded(kAgreed));
    expect(store.model().screen.kind).toBe('intro');
  });
});
