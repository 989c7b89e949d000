import type { ComponentChildren } from 'preact';
import actionAddress from '../../../../../integrations/auth0-action/integration/integration.action.js?url';
import type { Result } from '../../api/client';
import { offlineProblem } from '../../api/problem';
import { useResource } from '../../api/use-resource';
import { Card } from '../../app/page';
import { Link, useQuery } from '../../app/router';
import { Button, LinkButton } from '../../components/button';
import { CodeBlock, CopyButton } from '../../components/copy';
import { downloadText } from '../../components/download';
import { Notice } from '../../components/notice';
import { Failure, Skeleton } from '../../components/states';
import { zipOf } from '../../format/zip';
import { actionInputOf } from './action-input';
import {
  type ActionInput,
  actionSecrets,
  type BundleFile,
  deployCliFiles,
  terraformFiles,
} from './auth0-files';
import { RadioCards } from './radio-cards';
import type { TabProps } from './tab-props';

type Way = 'dashboard' | 'deploy-cli' | 'terraform';
const kWays: readonly Way[] = ['dashboard', 'deploy-cli', 'terraform'];

/** The Action is a file of this portal, as it was built with it. */
async function loadAction(signal: AbortSignal): Promise<Result<string>> {
  try {
    const answer = await fetch(actionAddress, { signal, credentials: 'same-origin' });
    if (!answer.ok)
      return { ok: false, problem: { ...offlineProblem, title: 'The file of the Action is missing' } };
    return { ok: true, value: await answer.text(), etag: null };
  } catch {
    return { ok: false, problem: offlineProblem };
  }
}

/** How the Action gets into the login flow of Auth0, in exact steps, with everything to copy or to take away. */
export function SetUpTab({ integration }: TabProps) {
  const [query, change] = useQuery();
  const { resource, reload } = useResource('action', loadAction);
  const way = kWays.find((known) => known === query.get('way')) ?? 'dashboard';
  const input = actionInputOf(integration, null);
  const domain = integration.settings.return_domains?.[0] ?? 'your-tenant.eu.auth0.com';
  return (
    <div class="stack">
      <Card title="How do you manage your Auth0 tenant?">
        <RadioCards
          label="Way of setting up"
          value={way}
          onValue={(next) => change({ way: next === 'dashboard' ? null : next })}
          choices={[
            {
              value: 'dashboard',
              title: 'In the Auth0 Dashboard',
              text: 'Four steps by hand, about five minutes.',
            },
            {
              value: 'deploy-cli',
              title: 'As files with auth0-deploy-cli',
              text: 'A bundle with tenant.yaml and the Action.',
            },
            {
              value: 'terraform',
              title: 'With Terraform',
              text: 'A module with the Action and its place in the login flow.',
            },
          ]}
        />
      </Card>
      {!input.baseUrl.startsWith('https://') && (
        <Notice tone="warning" title="This server has no https address">
          Auth0 and your users must reach Countersign over https. With {input.baseUrl} only an identity
          provider on this machine works.
        </Notice>
      )}
      {resource.kind === 'loading' && <Skeleton lines={6} />}
      {resource.kind === 'failed' && (
        <Card>
          <Failure problem={resource.problem} onRetry={reload} />
        </Card>
      )}
      {resource.kind === 'ready' && (
        <>
          {way === 'dashboard' && <Dashboard input={input} code={resource.value} />}
          {way === 'deploy-cli' && (
            <Bundle
              title="Take the bundle for auth0-deploy-cli"
              fileName="countersign-deploy-cli.zip"
              files={deployCliFiles(input, resource.value, domain)}
              secretName="COUNTERSIGN_SESSION_SECRET"
              tone="warning"
              warning="The list under triggers is the whole login flow. Merge it with what you have: Actions that it does not name are taken out."
            />
          )}
          {way === 'terraform' && (
            <Bundle
              title="Take the Terraform module"
              fileName="countersign-terraform.zip"
              files={terraformFiles(input, resource.value)}
              secretName="TF_VAR_countersign_session_secret"
              tone="neutral"
              warning="The Action is added to the end of the login flow and leaves the others alone. Do not use it beside auth0_trigger_actions."
            />
          )}
          <Card
            title="Then test it"
            text="Run a whole login against this integration before your users do."
            action={
              <LinkButton href="?tab=test" variant="primary" icon="play">
                Go to the test
              </LinkButton>
            }
          />
        </>
      )}
    </div>
  );
}

function SetUpStep(props: {
  readonly number: number;
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  return (
    <li class="set-up-step">
      <span class="step-mark" aria-hidden="true">
        {props.number}
      </span>
      <div class="set-up-body">
        <h3>{props.title}</h3>
        {props.children}
      </div>
    </li>
  );
}

function Dashboard({ input, code }: { readonly input: ActionInput; readonly code: string }) {
  return (
    <Card title="Set up in the Auth0 Dashboard">
      <ol class="set-up">
        <SetUpStep number={1} title="Create the Action">
          <p>
            Open <b>Actions</b>, then <b>Library</b>, and choose <b>Create Action</b>,{' '}
            <b>Build from scratch</b>. Name it <b>Countersign</b>, trigger <b>Login / Post Login</b>, runtime{' '}
            <b>Node 22</b>.
          </p>
        </SetUpStep>
        <SetUpStep number={2} title="Paste the code">
          <p>Replace everything in the editor by this file.</p>
          <CodeBlock label="Code of the Action" fileName="countersign.js" code={code} />
        </SetUpStep>
        <SetUpStep number={3} title="Add the secrets, by these names">
          <p>
            In the editor choose the key icon, <b>Secrets</b>, and add each of them.
          </p>
          <SecretsTable input={input} />
          <p>
            The Session Secret was shown when it was made. If it is lost, make a new one under{' '}
            <Link href="?tab=credentials">Credentials</Link>. Choose <b>Deploy</b> when all are there.
          </p>
        </SetUpStep>
        <SetUpStep number={4} title="Put it into the login flow">
          <p>
            Open <b>Actions</b>, then <b>Triggers</b>, <b>post-login</b>. Drag <b>Countersign</b> into the
            flow, after Actions that may deny a login for other reasons, and choose <b>Apply</b>.
          </p>
        </SetUpStep>
      </ol>
    </Card>
  );
}

function SecretsTable({ input }: { readonly input: ActionInput }) {
  return (
    <dl class="secrets-table">
      {actionSecrets(input).map(({ name, value, help }) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
            <CopyButton value={name} label={`Copy the name ${name}`} />
          </dt>
          <dd>
            {value === null ? (
              <span class="muted">Your stored value</span>
            ) : (
              <>
                <code>{value}</code>
                <CopyButton value={value} label={`Copy the value of ${name}`} />
              </>
            )}
            <span class="field-help">{help}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function downloadZip(fileName: string, files: readonly BundleFile[]): void {
  const address = URL.createObjectURL(new Blob([zipOf(files, new Date())], { type: 'application/zip' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function Bundle(props: {
  readonly title: string;
  readonly fileName: string;
  readonly files: readonly BundleFile[];
  readonly secretName: string;
  readonly warning: string;
  readonly tone: 'warning' | 'neutral';
}) {
  const shown = props.files.filter(({ name }) => !name.endsWith('.js'));
  return (
    <Card
      title={props.title}
      text={
        <>
          {props.files.length} files. The Session Secret is not among them: it comes from the environment
          variable <code>{props.secretName}</code>.
        </>
      }
      action={
        <Button variant="primary" icon="download" onClick={() => downloadZip(props.fileName, props.files)}>
          Download .zip
        </Button>
      }
    >
      <Notice tone={props.tone}>{props.warning}</Notice>
      <div class="stack">
        {shown.map(({ name, text }) => (
          <CodeBlock key={name} label={name} fileName={name.split('/').at(-1) ?? name} code={text} tall />
        ))}
        <CodeBlockOfAction files={props.files} />
      </div>
    </Card>
  );
}

function CodeBlockOfAction({ files }: { readonly files: readonly BundleFile[] }) {
  const action = files.find(({ name }) => name.endsWith('.js'));
  if (action === undefined) return null;
  return (
    <div class="form-actions">
      <Button
        icon="download"
        onClick={() => downloadText(action.name.split('/').at(-1) ?? 'code.js', action.text)}
      >
        Only the code of the Action
      </Button>
    </div>
  );
}
