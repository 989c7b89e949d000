import '@countersign/web-shared/tokens.css';
import '@countersign/web-shared/base.css';
import './theme/controls.css';
import './theme/data.css';
import './theme/overlay.css';
import './theme/shell.css';
import './theme/settings.css';
import './theme/sign-in.css';
import { render } from 'preact';
import { App } from './app/app';
import { applyTheme, storedTheme } from './theme/theme';

applyTheme(storedTheme());
const root = document.getElementById('app') ?? document.body;
root.replaceChildren();
render(<App />, root);
