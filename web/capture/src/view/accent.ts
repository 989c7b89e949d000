import { checkAccent } from '@countersign/web-shared/contrast';

/**
 * Gives the page the accent of an organisation, for light and for dark screens. A style sheet made by script: the policy
 * of the page allows neither inline styles nor foreign ones.
 */
export function createAccent(document: Document): (accent: string | null) => void {
  let sheet: CSSStyleSheet | null = null;
  let shown: string | null = null;
  return (accent) => {
    if (accent === shown) return;
    shown = accent;
    sheet ??= adopted(document);
    sheet.replaceSync(accent === null ? '' : rulesFor(accent));
  };
}

function adopted(document: Document): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return sheet;
}

/** Empty for what is no colour. */
export function rulesFor(accent: string): string {
  const checked = checkAccent(accent);
  if (checked === null) return '';
  const root = (colour: string, strong: string, ground: string) =>
    `:root { --accent: ${colour}; --accent-strong: color-mix(in srgb, ${colour} 84%, ${strong}); ` +
    `--accent-soft: color-mix(in srgb, ${colour} 12%, ${ground}); }`;
  const dark = root(checked.dark, '#fff', '#121823');
  return `${root(checked.light, '#000', '#fff')}\n@media (prefers-color-scheme: dark) { ${dark} }`;
}
