// The files that an administrator takes from the portal to Auth0. Pure text: nothing here fetches or stores.

export interface ActionInput {
  readonly integrationId: string;
  readonly baseUrl: string;
  readonly requestMode: 'always' | 'on-demand';
  /** Name of the claim; null leaves the Action's own default. */
  readonly claimName: string | null;
  /** Known only on the one-time screen; null everywhere else. */
  readonly sessionSecret: string | null;
}

export interface ActionSecret {
  readonly name: string;
  /** null: only the administrator has it. */
  readonly value: string | null;
  readonly help: string;
  readonly confidential: boolean;
}

/** What to add under the Action's secrets, by exact name. */
export function actionSecrets(input: ActionInput): readonly ActionSecret[] {
  const plain = (name: string, value: string, help: string): ActionSecret => ({
    name,
    value,
    help,
    confidential: false,
  });
  const secrets = [
    plain('BASE_URL', input.baseUrl, 'Address of this Countersign server.'),
    plain('INTEGRATION_ID', input.integrationId, 'Names this integration.'),
    {
      name: 'SESSION_SECRET',
      value: input.sessionSecret,
      help: 'The value that you stored when it was shown, all 43 characters.',
      confidential: true,
    },
    plain(
      'REQUEST_MODE',
      input.requestMode,
      'always: every login. on-demand: only when the application asks.',
    ),
  ];
  return input.claimName === null
    ? secrets
    : [...secrets, plain('CLAIM_NAME', input.claimName, 'Name of the claim in ID and access token.')];
}

/** KEY=value lines. Values never hold a line break (ids, addresses, base64url), so quoting is not needed. */
export function envFile(input: ActionInput): string {
  const lines = actionSecrets(input).map(
    ({ name, value }) => `${name}=${(value ?? '').replaceAll(/[\r\n]/g, '')}`,
  );
  return `# Countersign, integration ${input.integrationId}. Keep this file out of version control.\n${lines.join('\n')}\n`;
}

const kReadme = `# Countersign for auth0-deploy-cli

1. Copy config.example.json to config.json and fill in your tenant and deployment client. Keep it out of version control.
2. export AUTH0_CLIENT_SECRET=...              # of the deployment client
3. export COUNTERSIGN_SESSION_SECRET=...       # of the integration; the mapping may come from the environment
4. npx a0deploy import -c config.json --input_file tenant/tenant.yaml

Merge, do not replace: the list under "triggers" is the whole post-login flow. Actions that it does not name are taken out of
the flow. Export first (npx a0deploy export -c config.json --format=yaml --output_folder current) and add the lines of this
bundle to what you have. Leave AUTH0_ALLOW_DELETE at false.
`;

function tenantYaml(input: ActionInput): string {
  const mapped: Readonly<Record<string, string>> = { SESSION_SECRET: '##COUNTERSIGN_SESSION_SECRET##' };
  const secrets = actionSecrets(input)
    .map(
      ({ name, value }) =>
        `      - name: ${name}\n        value: ${JSON.stringify(mapped[name] ?? value ?? '')}`,
    )
    .join('\n');
  return `actions:
  - name: Countersign
    code: ./actions/countersign/code.js
    runtime: node22
    deployed: true
    dependencies: []
    supported_triggers:
      - id: post-login
        version: v3
    secrets:
${secrets}
triggers:
  post-login:
    - action_name: Countersign
      display_name: Countersign
`;
}

export interface BundleFile {
  readonly name: string;
  readonly text: string;
}

/** The tree for `a0deploy import`. It never holds the Session Secret: that comes from the environment. */
export function deployCliFiles(
  input: ActionInput,
  actionCode: string,
  tenantDomain: string,
): readonly BundleFile[] {
  const config = {
    AUTH0_DOMAIN: tenantDomain,
    AUTH0_CLIENT_ID: 'your deployment client',
    AUTH0_ALLOW_DELETE: false,
  };
  return [
    { name: 'README.md', text: kReadme },
    { name: 'config.example.json', text: `${JSON.stringify(config, null, 2)}\n` },
    { name: 'tenant/tenant.yaml', text: tenantYaml(input) },
    { name: 'tenant/actions/countersign/code.js', text: actionCode },
  ];
}

/** A string of HCL: quotes, escapes, and no interpolation. */
export function hclString(text: string): string {
  return JSON.stringify(text).replaceAll(/[$%](?=\{)/g, (sign) => `${sign}${sign}`);
}

function terraformMain(input: ActionInput): string {
  const secrets = actionSecrets(input)
    .map(({ name, value, confidential }) => {
      const source = confidential ? 'var.countersign_session_secret' : hclString(value ?? '');
      return `  secrets {\n    name  = ${hclString(name)}\n    value = ${source}\n  }`;
    })
    .join('\n\n');
  return `terraform {
  required_providers {
    auth0 = {
      source  = "auth0/auth0"
      version = ">= 1.0.0"
    }
  }
}

variable "countersign_session_secret" {
  description = "Session Secret of the Countersign integration ${input.integrationId}"
  type        = string
  sensitive   = true
}

resource "auth0_action" "countersign" {
  name    = "Countersign"
  runtime = "node22"
  deploy  = true
  code    = file("\${path.module}/countersign.js")

  supported_triggers {
    id      = "post-login"
    version = "v3"
  }

${secrets}
}

# Adds the Action to the end of the login flow and leaves the others alone. If you manage the whole flow with
# auth0_trigger_actions, remove this resource and name auth0_action.countersign.id there instead: do not use both.
resource "auth0_trigger_action" "countersign" {
  trigger   = "post-login"
  action_id = auth0_action.countersign.id
}
`;
}

const kTerraformReadme = `# Countersign for Terraform

export AUTH0_DOMAIN=... AUTH0_CLIENT_ID=... AUTH0_CLIENT_SECRET=...
export TF_VAR_countersign_session_secret=...
terraform init
terraform apply

The state file of Terraform holds the secret in plain text: keep it where your other secrets are.
`;

export function terraformFiles(input: ActionInput, actionCode: string): readonly BundleFile[] {
  return [
    { name: 'README.md', text: kTerraformReadme },
    { name: 'main.tf', text: terraformMain(input) },
    { name: 'countersign.js', text: actionCode },
  ];
}
