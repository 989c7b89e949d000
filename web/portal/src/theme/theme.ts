/** Light, dark or as the system says. Kept in this browser, set as `data-theme` on the root element. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const kKey = 'countersign.theme';
const kChoices: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const listeners = new Set<() => void>();

/** What is stored; a browser that refuses storage follows the system. */
export function storedTheme(): ThemeChoice {
  try {
    const stored = localStorage.getItem(kKey);
    return kChoices.find((choice) => choice === stored) ?? 'system';
  } catch {
    return 'system';
  }
}

export function applyTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  for (const listener of listeners) listener();
}

export function chooseTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(kKey, choice);
  } catch {
    // Without storage the choice lasts until the page is left.
  }
  applyTheme(choice);
}

/** Calls back when the colours change, by choice or by the system; charts redraw themselves then. */
export function onThemeChange(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}

/** The value of a design token as the page shows it now. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
