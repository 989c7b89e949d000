/** WCAG 2.2: text needs 4.5 to 1. */
export const kReadable = 4.5;

type Rgb = readonly [number, number, number];

/** '#2b59ff' as three bytes; null for anything else. */
export function parseColour(text: string): Rgb | null {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim());
  if (digits === null) return null;
  const part = (index: number) => Number.parseInt(digits[index] ?? '0', 16);
  return [part(1), part(2), part(3)];
}

const hex = (colour: Rgb) =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 (the same) to 21 (black on white). */
export function contrast(first: Rgb, second: Rgb): number {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Mixes `colour` towards `goal` in 2 % steps until it is readable on `ground`; keeps the hue. */
function moveUntilReadable(colour: Rgb, goal: Rgb, ground: Rgb): Rgb {
  for (let step = 0; step <= 50; step++) {
    const share = step / 50;
    const mixed = colour.map((part, index) => part + ((goal[index] ?? 0) - part) * share) as unknown as Rgb;
    const whole = parseColour(hex(mixed)) ?? goal;
    if (contrast(whole, ground) >= kReadable) return whole;
  }
  return goal;
}

const kWhite: Rgb = [255, 255, 255];
const kBlack: Rgb = [0, 0, 0];
/** The canvas of the light theme: a little darker than white, so what can be read on it can be read on white. */
const kLightCanvas: Rgb = [246, 247, 249];
/** The surface of the dark theme. */
const kDarkSurface: Rgb = [18, 24, 35];

export interface AccentCheck {
  readonly ratio: number;
  readonly readable: boolean;
  /** The accent for light pages: darkened until white text on it, and it on white, can be read. */
  readonly light: string;
  /** The accent for dark pages: lightened until it can be read on their surface. */
  readonly dark: string;
}

export function checkAccent(text: string): AccentCheck | null {
  const colour = parseColour(text);
  if (colour === null) return null;
  const ratio = contrast(colour, kWhite);
  return {
    ratio,
    readable: ratio >= kReadable,
    light: hex(moveUntilReadable(colour, kBlack, kLightCanvas)),
    dark: hex(moveUntilReadable(colour, kWhite, kDarkSurface)),
  };
}
