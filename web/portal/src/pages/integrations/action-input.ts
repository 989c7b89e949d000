import type { Schema } from '../../api/types';
import type { ActionInput } from './auth0-files';
import { defaults } from './draft';

/** What the files for Auth0 need to know of an integration. */
export function actionInputOf(integration: Schema<'Integration'>, sessionSecret: string | null): ActionInput {
  return {
    integrationId: integration.id,
    baseUrl: integration.start_url,
    requestMode: integration.settings.request_mode_hint ?? defaults.mode,
    claimName: integration.settings.claim_namespace ?? null,
    sessionSecret,
  };
}
