/** Simple light and sharpness figures of an RGBA picture; luma is 0 … 255 (Rec. 601). */
export interface Raster {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const kThumbnail = { width: 32, height: 24 };

function lumaAt({ data, width }: Raster, x: number, y: number): number {
  const at = (y * width + x) * 4;
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
}

/** Mean over a 32×24 grid of sample points: enough to tell dark from bright. */
export function meanLuma(raster: Raster): number {
  return lumaOf(raster, () => true).mean;
}

/** Means of the grid points that `belongs` accepts; `count` tells whether there were any. */
function lumaOf(
  raster: Raster,
  belongs: (x: number, y: number) => boolean,
): { readonly mean: number; readonly count: number } {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < kThumbnail.height; ++row) {
    const y = Math.min(raster.height - 1, Math.floor(((row + 0.5) * raster.height) / kThumbnail.height));
    for (let column = 0; column < kThumbnail.width; ++column) {
      const x = Math.min(raster.width - 1, Math.floor(((column + 0.5) * raster.width) / kThumbnail.width));
      if (!belongs(x, y)) continue;
      sum += lumaAt(raster, x, y);
      ++count;
    }
  }
  return { mean: count > 0 ? sum / count : 0, count };
}

export interface FaceLight {
  readonly luma: number;
  readonly leftLuma: number;
  readonly rightLuma: number;
  readonly backgroundLuma: number;
}

/** Light on the face, on its two halves and behind it. Without background in sight the face stands in for it. */
export function faceLight(raster: Raster, face: Area): FaceLight {
  const middle = face.x + face.width / 2;
  const inside = (x: number, y: number) =>
    x >= face.x && x < face.x + face.width && y >= face.y && y < face.y + face.height;
  const whole = lumaOf(raster, inside);
  const left = lumaOf(raster, (x, y) => inside(x, y) && x < middle);
  const right = lumaOf(raster, (x, y) => inside(x, y) && x >= middle);
  const background = lumaOf(raster, (x, y) => !inside(x, y));
  return {
    luma: whole.mean,
    leftLuma: left.count > 0 ? left.mean : whole.mean,
    rightLuma: right.count > 0 ? right.mean : whole.mean,
    backgroundLuma: background.count > 0 ? background.mean : whole.mean,
  };
}

/** Variance of the 4-neighbour Laplacian over the area; a defocused face has little of it. */
export function laplacianVariance(raster: Raster, area: Area): number {
  const left = Math.max(1, Math.floor(area.x));
  const top = Math.max(1, Math.floor(area.y));
  const right = Math.min(raster.width - 1, Math.floor(area.x + area.width));
  const bottom = Math.min(raster.height - 1, Math.floor(area.y + area.height));
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = top; y < bottom; ++y) {
    for (let x = left; x < right; ++x) {
      const around =
        lumaAt(raster, x - 1, y) +
        lumaAt(raster, x + 1, y) +
        lumaAt(raster, x, y - 1) +
        lumaAt(raster, x, y + 1);
      const value = around - 4 * lumaAt(raster, x, y);
      sum += value;
      squares += value * value;
      ++count;
    }
  }
  return count > 0 ? squares / count - (sum / count) ** 2 : 0;
}
