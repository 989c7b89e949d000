/** The tenant's few pages: no script, no inline style, every value escaped. */

const ESCAPES = /** @type {Record<string, string>} */ ({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
});

/** @param {string} text */
const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/** @type {(title: string, body: string) => string} */
function page(title, body) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Harbour Identity</title>
<link rel="stylesheet" href="/u/tenant.css">
</head>
<body>
<main class="card">
<p class="brand"><span class="mark" aria-hidden="true"></span>Harbour Identity</p>
${body}
</main>
<p class="note">A demonstration identity provider on this machine.</p>
</body>
</html>`;
}

/** @param {{ application: string, action: string, login?: string, failed?: boolean }} view */
export function loginPage({ application, action, login = '', failed = false }) {
  const problem = failed
    ? '<p class="alert" id="problem" role="alert">That user name and password do not belong together.</p>'
    : '';
  const described = failed ? ' aria-invalid="true" aria-describedby="problem"' : '';
  return page(
    failed ? 'Error: log in' : 'Log in',
    `<h1>Log in</h1>
<p class="lead">to continue to <strong>${escapeHtml(application)}</strong></p>
${problem}
<form method="post" action="${escapeHtml(action)}">
<label for="username">User name or e-mail</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required
  value="${escapeHtml(login)}"${failed ? '' : ' autofocus'}${described}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${failed ? ' autofocus' : ''}${described}>
<button type="submit">Continue</button>
</form>`,
  );
}

/** @param {string} text */
export function errorPage(text) {
  return page(
    'Login stopped',
    `<h1>This login cannot go on</h1>
<p class="lead">Please return to the application and start again.</p>
<p class="detail">${escapeHtml(text)}</p>`,
  );
}

/** @param {string} form hidden form of the library, trusted */
export function signOutPage(form) {
  return page(
    'Log out',
    `<h1>Log out?</h1>
<p class="lead">You will be logged out of every application here.</p>
${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">Log out</button>
<button class="quiet" type="submit" form="op.logoutForm">Stay logged in</button>`,
  );
}

export function signedOutPage() {
  return page('Logged out', '<h1>You are logged out</h1><p class="lead">You can close this page.</p>');
}
