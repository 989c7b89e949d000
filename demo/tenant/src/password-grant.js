/** The resource owner password grant: a login without a browser, which an Action cannot redirect. */
import { errors } from 'oidc-provider';

/** @import { Directory } from './directory.js' */
/** @import { LoginFlow } from './login-flow.js' */

const PARAMETERS = ['username', 'password', 'scope'];

/**
 * @param {import('oidc-provider').Provider} provider
 * @param {{ directory: Directory, flow: LoginFlow }} parts
 */
export function registerPasswordGrant(provider, { directory, flow }) {
  provider.registerGrantType(
    'password',
    async (/** @type {any} */ ctx) => {
      const { client, params } = ctx.oidc;
      const user = directory.authenticate(params.username ?? '', params.password ?? '');
      if (user === null) throw new errors.InvalidGrant('Wrong email or password.');

      const protocol = 'oauth2-password';
      const outcome = await flow.runAtTokenEndpoint(ctx, { userId: user.user_id, protocol });
      if (outcome.kind !== 'allowed') {
        throw new errors.AccessDenied(
          outcome.kind === 'denied' ? outcome.reason : 'A redirect is not possible here.',
        );
      }

      const grant = new provider.Grant({ accountId: user.user_id, clientId: client.clientId });
      grant.addOIDCScope('openid');
      flow.keepForTokens(await grant.save(), outcome.effects);
      ctx.oidc.entity('Grant', grant);
      const token = new provider.AccessToken(
        /** @type {any} */ ({
          accountId: user.user_id,
          client,
          grantId: grant.jti,
          gty: 'password',
          scope: 'openid',
        }),
      );
      ctx.oidc.entity('AccessToken', token);
      ctx.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: token.expiration };
    },
    PARAMETERS,
  );
}
