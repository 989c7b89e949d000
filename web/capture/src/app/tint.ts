/** Length of the cross-fade between two colours; the style sheet has the same number. */
export const kFadeMs = 80;

export interface Tint {
  /** Resolves once the colour stands on the screen. */
  show(color: string): Promise<void>;
  clear(): void;
}

/**
 * Colours the layer around the oval through a style rule: the current colour never becomes an attribute that other
 * scripts or extensions could read from the markup.
 */
export function createTint(document: Document): Tint {
  const sheet = new CSSStyleSheet();
  sheet.insertRule('.tint-layer {}');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const rule = sheet.cssRules[0];
  const style = rule instanceof CSSStyleRule ? rule.style : null;
  return {
    async show(color) {
      style?.setProperty('background-color', color);
      await new Promise((resolve) => setTimeout(resolve, kFadeMs));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    },
    clear: () => {
      style?.removeProperty('background-color');
    },
  };
}
