import type { Screen } from '../state/model';
import { applicationName, screenText } from '../state/screen-text';
import { isLive, underlying } from '../state/select';
import { kLanguageNames } from '../texts/catalogue';
import { Action } from './actions';
import { CancelDialog } from './cancel-dialog';
import { Consent } from './consent';
import { Ended, Retry, Success, Waiting } from './endings';
import { Intro } from './intro';
import { Page } from './page';
import { Permission } from './permission';
import type { ViewProps } from './props';
import { Stage } from './stage';
import { CannotCapture, Trouble } from './trouble';

export function App(props: ViewProps) {
  const { model, texts } = props;
  const inner = underlying(model.screen);
  const onStage = isLive(inner) && inner.kind !== 'permission';
  return (
    <>
      {onStage ? (
        <main class="stage-frame">
          <h1 id="heading" class="visually-hidden" tabIndex={-1}>
            {screenText({ ...model, screen: inner }, texts).title}
          </h1>
          <Stage {...props} />
        </main>
      ) : (
        <>
          <Header {...props} />
          <main class="frame" key={inner.kind}>
            <PlainScreen screen={inner} {...props} model={{ ...model, screen: inner }} />
          </main>
          <Footer {...props} />
        </>
      )}
      {model.screen.kind === 'cancel_confirm' ? <CancelDialog {...props} /> : null}
    </>
  );
}

function PlainScreen({ screen, ...props }: ViewProps & { readonly screen: Screen }) {
  switch (screen.kind) {
    case 'consent':
      return <Consent screen={screen} {...props} />;
    case 'consent_declined':
      return <Declined {...props} busy={screen.busy} />;
    case 'intro':
      return <Intro {...props} />;
    case 'permission':
      return <Permission screen={screen} {...props} />;
    case 'retry':
      return <Retry screen={screen} {...props} />;
    case 'success':
      return <Success {...props} />;
    case 'expired':
      return <Ended {...props} icon="clock" />;
    case 'locked':
      return <Ended {...props} icon="lock" />;
    case 'failed':
    case 'attempts_used':
      return <Ended {...props} icon="alert" />;
    case 'unsupported':
    case 'in_app':
      return <CannotCapture {...props} />;
    case 'error':
      return <Trouble screen={screen} {...props} />;
    default:
      return <Waiting {...props} />;
  }
}

function Declined({ busy, ...props }: ViewProps & { readonly busy: boolean }) {
  const { texts, dispatch } = props;
  return (
    <Page
      {...props}
      icon="camera_off"
      actions={
        <>
          <Action
            action="other-method"
            look="primary"
            event={{ kind: 'other_method' }}
            busy={busy}
            dispatch={dispatch}
          >
            {texts.t('action.otherMethod')}
          </Action>
          <Action action="read-again" look="quiet" event={{ kind: 'read_again' }} dispatch={dispatch}>
            {texts.t('action.readAgain')}
          </Action>
        </>
      }
    />
  );
}

function Header({ model, texts }: ViewProps) {
  const branding = model.session?.branding;
  const name = branding?.name ?? applicationName(model, texts);
  return (
    <header class="header">
      {branding?.logo ? (
        <img class="logo" src={branding.logo} alt="" height={32} />
      ) : (
        <span class="monogram" aria-hidden="true">
          {name.slice(0, 1).toUpperCase()}
        </span>
      )}
      <span class="header-name">{name}</span>
      {model.session === null ? null : <span class="header-product">{texts.t('page.product')}</span>}
    </header>
  );
}

function Footer({ model, texts, chooseLanguage }: ViewProps) {
  const account = model.session?.account ?? '';
  return (
    <footer class="footer">
      <span>{account === '' ? '' : texts.t('page.account', { account })}</span>
      <label class="language">
        <span class="visually-hidden">{texts.t('page.language')}</span>
        <select
          value={texts.locale}
          data-testid="language"
          onChange={(event) => chooseLanguage(event.currentTarget.value)}
        >
          {Object.entries(kLanguageNames).map(([locale, name]) => (
            <option key={locale} value={locale}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </footer>
  );
}
