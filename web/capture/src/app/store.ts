import type { CaptureEvent, Effect } from '../state/events';
import type { Model } from '../state/model';
import { reduce } from '../state/reducer';

export interface Store {
  model(): Model;
  dispatch(event: CaptureEvent): void;
}

/** Runs the reducer. Events raised while one is handled wait their turn, so every effect sees a settled model. */
export function createStore(
  initial: Model,
  changed: (model: Model, before: Model) => void,
  run: (effect: Effect) => void,
): Store {
  let model = initial;
  let busy = false;
  const waiting: CaptureEvent[] = [];

  function handle(event: CaptureEvent): void {
    const before = model;
    const step = reduce(model, event);
    model = step.model;
    if (model !== before) changed(model, before);
    step.effects.forEach(run);
  }

  return {
    model: () => model,
    dispatch(event) {
      waiting.push(event);
      if (busy) return;
      busy = true;
      try {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) handle(next);
      } finally {
        busy = false;
      }
    },
  };
}
