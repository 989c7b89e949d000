/** Texts that become code wherever a page forgets that text is text. `hacked` would be set, or a dialog shown. */
export const payloads = [
  '<script>globalThis.hacked=1</script>',
  '<img src=x onerror=globalThis.hacked=1>',
  '"><img src=x onerror=alert(1)>',
  "'><svg onload=alert(1)>",
  '<svg><script>alert(1)</script></svg>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<style>body{background:url(//evil.example)}</style>',
  '<base href="//evil.example/">',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="javascript:alert(1)">',
  '<math><mtext><img src=x onerror=alert(1)></mtext></math>',
  '<details open ontoggle=alert(1)>',
  '<input autofocus onfocus=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '" onclick="alert(1)" x="',
  "' onfocus='alert(1)' autofocus='",
  '{{constructor.constructor("alert(1)")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is one of the payloads
  '${alert(1)}',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<!--><img src=x onerror=alert(1)-->',
  '<template><img src=x onerror=alert(1)></template>',
  '&lt;img src=x onerror=alert(1)&gt;',
  '\u202e<img src=x onerror=alert(1)>\u0000\u2028',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
];

/** Fields whose text decides how a page reads an answer, or that the server itself makes from a closed set. */
const kept =
  /^(id|status|state|purpose|user|integration|target|kind|request_mode_hint|liveness_policy|.*_at|at|not_after|enrolment_flow|verification_flow|step|signedIn|permissions|role|security|locale|accent)$/;

function put(value, next, key = '') {
  if (typeof value === 'string') return kept.test(key) ? value : next();
  if (Array.isArray(value)) return value.map((item) => put(item, next, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, put(item, next, name)]));
}

/** The data with payloads for every free text, turned so that each payload comes to each field once in a while. */
export function poisoned(data) {
  return [0, 11, 22].map((first) => {
    let at = first;
    return put(data, () => payloads[at++ % payloads.length]);
  });
}
