export const kMinimumLength = 12;

/** How many characters really count: repeats and runs such as "aaaa" or "1234" count once. */
function effectiveLength(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1);
    if (index === 0 || Math.abs(step) > 1) length++;
  }
  return length;
}

/** 0 (too short or personal) to 4; a hint while typing, not the rule: the server has that. */
export function passwordStrength(password: string, personal: readonly string[]): 0 | 1 | 2 | 3 | 4 {
  if (password.length < kMinimumLength) return 0;
  let rest = password.toLowerCase();
  for (const word of personal.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)))
    if (word.length >= 4) rest = rest.replaceAll(word, '');
  const length = effectiveLength(rest);
  if (length < 8) return 1;
  if (length < 12) return 2;
  return length < 18 ? 3 : 4;
}

export function passwordHint(password: string, strength: number): string {
  if (password === '') return 'At least 12 characters. A few unrelated words are easy to remember.';
  if (password.length < kMinimumLength)
    return `${kMinimumLength - password.length} more characters are needed.`;
  return (
    ['', 'Easy to guess: longer and less regular is better.', 'Fair.', 'Good.', 'Very good.'][strength] ?? ''
  );
}
