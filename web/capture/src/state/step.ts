import type { Effect, Step } from './events';
import type { Model, RetryPlan, Screen } from './model';

export function stay(model: Model): Step {
  return { model, effects: [] };
}

export function show(model: Model, screen: Screen, ...effects: readonly Effect[]): Step {
  return { model: { ...model, screen }, effects };
}

export function showError(
  model: Model,
  code: string,
  plan: RetryPlan,
  reference: string | null = null,
): Step {
  return show(model, { kind: 'error', code, reference, plan, retryInS: null });
}

/** Ends at the identity provider; the server answers the form post with the signed result. */
export function goBack(model: Model): Step {
  return show(model, { kind: 'returning' }, { kind: 'submit_return' });
}

export function assertNever(value: never): never {
  throw new Error(`unexpected event ${JSON.stringify(value)}`);
}
