/**
 * The post-login step as a prompt of oidc-provider: after the login prompt is satisfied its check runs the Actions.
 * "Allowed" needs no interaction, "redirect" is one (and becomes interaction_required under prompt=none by itself),
 * "denied" is an error for the application.
 */
import { errors, interactionPolicy } from 'oidc-provider';

/** @import { LoginFlow } from './login-flow.js' */

/** @param {LoginFlow} flow */
export function createPolicy(flow) {
  const { base, Check, Prompt } = interactionPolicy;
  /** @type {WeakMap<object, { url: string, transactionId: string | undefined }>} */
  const redirects = new WeakMap();

  const check = new Check(
    'action_redirect',
    'an Action wants to send the user to another page',
    'interaction_required',
    async (ctx) => {
      const outcome = await flow.runInteractive(ctx);
      switch (outcome.kind) {
        case 'allowed':
          keep(ctx, outcome.effects);
          return Check.NO_NEED_TO_PROMPT;
        case 'redirect':
          redirects.set(ctx, { url: outcome.url, transactionId: outcome.transactionId });
          return Check.REQUEST_PROMPT;
        default:
          throw new errors.AccessDenied(outcome.reason);
      }
    },
    (ctx) => redirects.get(ctx) ?? {},
  );

  /** @type {(ctx: any, effects: import('./types.d.ts').Effects) => void} */
  function keep({ oidc }, effects) {
    const grantId = oidc.entities.Grant.jti;
    flow.keepForTokens(grantId, effects);
    if (oidc.params.offline === '1') flow.allowRefreshToken(grantId);
  }

  const policy = base();
  policy.remove('consent');
  policy.add(new Prompt({ name: 'post_login', requestable: false }, check));
  return policy;
}
