/** A whole number inside its limits, or the sentence that says what is wrong with the text. */
export type WholeNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly error: string };

export function wholeNumber(text: string, lowest: number, highest: number): WholeNumber {
  const trimmed = text.trim();
  const value = Number(trimmed);
  if (!/^\d+$/.test(trimmed) || value < lowest || value > highest)
    return { ok: false, error: `A whole number from ${lowest} to ${highest.toLocaleString('en')}.` };
  return { ok: true, value };
}
