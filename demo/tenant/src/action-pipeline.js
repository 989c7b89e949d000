/**
 * Runs the Actions of the login flow one after the other: an Action may deny, set claims, or suspend the flow with a
 * redirect. After the redirect the same Action goes on in `onContinuePostLogin`, then the later ones run.
 */
import { createRequire } from 'node:module';
import { createApi, noEffects } from './action-api.js';
import { messageOf } from './session-token.js';

/** @import { ActionEvent, LoadedAction, Outcome, Suspension, TenantAction } from './types.d.ts' */

const requireFile = createRequire(import.meta.url);

/** @type {(action: TenantAction) => LoadedAction} */
function loadAction({ file, secrets = {}, configuration }) {
  const loaded = requireFile(file);
  if (typeof loaded.onExecutePostLogin !== 'function')
    throw new Error(`${file} exports no onExecutePostLogin`);
  return { ...loaded, secrets, configuration };
}

/**
 * @param {TenantAction[]} actionFiles
 * @param {{ refreshTokenMetadata: boolean, timeLimitMs: number }} options
 */
export function createPipeline(actionFiles, options) {
  const actions = actionFiles.map(loadAction);

  /** @type {(event: ActionEvent, from: number, effects?: import('./types.d.ts').Effects) => Promise<Outcome>} */
  async function executeFrom(event, from, effects = noEffects()) {
    for (let index = from; index < actions.length; index += 1) {
      const stopped = await runOne(event, index, 'execute', effects);
      if (stopped !== null) return stopped;
    }
    return { kind: 'allowed', effects };
  }

  /** @type {(event: ActionEvent, index: number, phase: 'execute' | 'continue', effects: import('./types.d.ts').Effects) => Promise<Outcome | null>} */
  async function runOne(event, index, phase, effects) {
    const action = /** @type {LoadedAction} */ (actions[index]);
    const { api, decision } = createApi(event, effects, { phase, ...options });
    const { secrets, configuration } = action;
    const seen = { ...event, secrets, ...(configuration ? { configuration } : {}) };
    const handler = phase === 'execute' ? action.onExecutePostLogin : action.onContinuePostLogin;
    try {
      await withTimeLimit(async () => handler?.(seen, api), options.timeLimitMs);
    } catch (error) {
      // Auth0 ends the login and shows the text of the exception, which is why an Action must catch everything.
      return { kind: 'denied', reason: messageOf(error), effects };
    }
    if (decision.denied !== null) return { kind: 'denied', reason: decision.denied, effects };
    if (decision.url !== null) return { kind: 'redirect', url: decision.url, index, effects };
    return null;
  }

  return {
    /** @param {ActionEvent} event */
    execute: (event) => executeFrom(event, 0),

    /** @type {(suspension: Suspension) => Promise<Outcome>} */
    async resume({ index, event, effects }) {
      return (await runOne(event, index, 'continue', effects)) ?? executeFrom(event, index + 1, effects);
    },
  };
}

/** @type {(work: () => Promise<unknown>, limitMs: number) => Promise<void>} */
async function withTimeLimit(work, limitMs) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const limit = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The Action took too long.')), limitMs);
  });
  try {
    await Promise.race([work(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
