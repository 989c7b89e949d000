import '@countersign/web-shared/tokens.css';
import '@countersign/web-shared/base.css';
import './view/page.css';
import './view/stage.css';
import { render } from 'preact';
import { type Controller, createController } from './app/controller';
import type { PageEntry } from './state/events';
import type { Model } from './state/model';
import { applicationName, chipText, screenCode, screenText } from './state/screen-text';
import { isLive, underlying } from './state/select';
import { type CaptureTexts, textsFor } from './texts/catalogue';
import { createAccent } from './view/accent';
import { createAnnouncer } from './view/announcer';
import { App } from './view/app';

const root = document.getElementById('app') ?? document.body;
const status = document.getElementById('status');
const announcer = createAnnouncer(
  (text) => {
    if (status !== null) status.textContent = text;
  },
  () => performance.now(),
  (task, ms) => void setTimeout(task, ms),
);

const useAccent = createAccent(document);
let chosenLocale: string | null = null;
let drawn: { model: Model; locale: string } | null = null;
let scheduled = false;

function entryOf(path: string): PageEntry {
  const [, kind, name = ''] = path.split('/');
  if (kind === 'v' && name !== '') return { kind: 'verification', id: decodeURIComponent(name) };
  return { kind: 'notice', code: kind === 'e' && name !== '' ? decodeURIComponent(name) : 'link_invalid' };
}

function textsOf(model: Model): CaptureTexts {
  const wishes = [chosenLocale, model.session?.locale ?? null, ...navigator.languages];
  return textsFor(wishes.filter((wish) => wish !== null));
}

function draw(): void {
  scheduled = false;
  const model = controller.model();
  const texts = textsOf(model);
  if (drawn?.model === model && drawn.locale === texts.locale) return;
  const before = drawn?.model.screen ?? null;
  drawn = { model, locale: texts.locale };
  describeDocument(model, texts);
  useAccent(model.session?.branding.accent ?? null);
  render(
    <App
      {...{
        model,
        texts,
        dispatch: controller.dispatch,
        attachVideo: controller.attachVideo,
        chooseLanguage,
      }}
    />,
    root,
  );
  if (before !== null && before.kind !== model.screen.kind) moveFocus(before, model.screen);
  announcer.say(chipText(model.screen, texts));
}

function describeDocument(model: Model, texts: CaptureTexts): void {
  const { screen } = model;
  document.documentElement.lang = texts.locale;
  document.documentElement.dir = texts.dir;
  document.title = texts.t('page.title', {
    title: screenText(model, texts).title,
    application: applicationName(model, texts),
  });
  document.body.dataset.state = screen.kind;
  const code = screenCode(screen);
  if (code === null) delete document.body.dataset.code;
  else document.body.dataset.code = code;
}

/** A new screen starts at its heading. Inside a running capture the focus stays: the live region speaks there. */
function moveFocus(before: Model['screen'], now: Model['screen']): void {
  const [from, to] = [underlying(before), underlying(now)];
  const staysOnStage = isLive(from) && isLive(to) && from.kind !== 'permission';
  if (now.kind !== 'cancel_confirm' && !staysOnStage) document.getElementById('heading')?.focus();
}

function chooseLanguage(locale: string): void {
  chosenLocale = locale;
  schedule();
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  // Not requestAnimationFrame: a hidden page must still show that it has stopped the camera.
  setTimeout(draw, 0);
}

const controller: Controller = createController(entryOf(window.location.pathname), schedule);
root.replaceChildren();
draw();
