import type { Plugin } from 'vite';

/** The dark values of the shared tokens: they follow the system there, and have to follow the switch here. */
const kDarkBlock = /@media \(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}\s*\}/;

/** Lets `data-theme` on the root element win over the system, without a second copy of the colours in the sources. */
export function withThemeSwitch(css: string): string {
  const values = kDarkBlock.exec(css)?.[1];
  if (values === undefined) throw new Error('tokens.css has no dark block in the form this page expects');
  const system = `@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {${values}} }`;
  const chosen = `:root[data-theme="dark"] {${values} color-scheme: dark; }`;
  return css.replace(kDarkBlock, `${system}\n${chosen}\n:root[data-theme="light"] { color-scheme: light; }`);
}

export function themeTokens(): Plugin {
  return {
    name: 'countersign-theme-tokens',
    enforce: 'pre',
    transform: (code, id) => (id.split('?')[0]?.endsWith('/tokens.css') ? withThemeSwitch(code) : null),
  };
}
