import type { Detection, Point } from '../../src/index';
import type { Picture } from './pictures';
import type { ReferenceNetwork, Tensor } from './reference-network';

// What the tracker promises, written down a second time in double precision around the reference network.

const kDetectorSide = 128;
const kMeshSide = 192;

/** Box as x, y, width, height and six key points, all in pixels. */
export interface ReferenceFace {
  readonly score: number;
  readonly box: readonly number[];
  readonly keyPoints: readonly Point[];
}

interface SquareOfPicture {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly angle: number;
}

/** The best face: candidates above 0.5 that overlap the best one by more than 0.3, averaged by score − 0.5. */
export function referenceFace(network: ReferenceNetwork, picture: Picture): ReferenceFace {
  const { width, height } = picture;
  const square = { x: width / 2, y: height / 2, side: Math.max(width, height), angle: 0 };
  const input = sample(picture, square, kDetectorSide, (value) => value / 127.5 - 1, 'black');
  const { data } = network.run(input, 'Identity');
  const candidates = anchors().map((anchor, i) => toFace(data.subarray(i * 17, i * 17 + 17), anchor, square));
  const strong = candidates.filter((face) => face.score > 0.5).sort((a, b) => b.score - a.score);
  const [best] = strong;
  if (best === undefined) throw new Error('the reference finds no face');
  return average(strong.filter((face) => overlap(best.box, face.box) > 0.3));
}

/** 468 points as x, y, z in pixels, and the probability of a face. */
export function referenceMesh(network: ReferenceNetwork, picture: Picture, face: Detection) {
  const [right, left] = face.keyPoints;
  const square = {
    x: face.box.x + face.box.width / 2,
    y: face.box.y + face.box.height / 2,
    side: 1.5 * Math.max(face.box.width, face.box.height),
    angle: Math.atan2(left.y - right.y, left.x - right.x),
  };
  const input = sample(picture, square, kMeshSide, (value) => value / 255, 'replicate');
  const raw = network.run(input, 'Identity_2').data;
  const points: number[] = [];
  for (let i = 0; i < raw.length; i += 3) {
    const [x = 0, y = 0, z = 0] = raw.subarray(i, i + 3);
    const point = toPicture(square, x / kMeshSide - 0.5, y / kMeshSide - 0.5);
    points.push(point.x, point.y, (z / kMeshSide) * square.side);
  }
  return { points, faceScore: network.run(input, 'Identity_1').data[0] ?? 0 };
}

function toFace(row: Float64Array, anchor: Point, square: SquareOfPicture): ReferenceFace {
  const scale = square.side / kDetectorSide;
  const [logit = 0, dx = 0, dy = 0, width = 0, height = 0] = row;
  const center = toPicture(square, anchor.x - 0.5, anchor.y - 0.5);
  const keyPoints = Array.from({ length: 6 }, (_, i) => ({
    x: center.x + (row[5 + 2 * i] ?? 0) * scale,
    y: center.y + (row[6 + 2 * i] ?? 0) * scale,
  }));
  const x = center.x + (dx - width / 2) * scale;
  const y = center.y + (dy - height / 2) * scale;
  return { score: 1 / (1 + Math.exp(-logit)), box: [x, y, width * scale, height * scale], keyPoints };
}

function anchors(): Point[] {
  const grid = (cells: number, perCell: number): Point[] =>
    Array.from({ length: cells * cells * perCell }, (_, i) => {
      const cell = Math.floor(i / perCell);
      return { x: ((cell % cells) + 0.5) / cells, y: (Math.floor(cell / cells) + 0.5) / cells };
    });
  return [...grid(16, 2), ...grid(8, 6)];
}

function overlap(a: readonly number[], b: readonly number[]): number {
  const [ax = 0, ay = 0, aw = 0, ah = 0] = a;
  const [bx = 0, by = 0, bw = 0, bh = 0] = b;
  const across = Math.max(0, Math.min(ax + aw, bx + bw) - Math.max(ax, bx));
  const down = Math.max(0, Math.min(ay + ah, by + bh) - Math.max(ay, by));
  return (across * down) / (aw * ah + bw * bh - across * down);
}

function average(faces: readonly ReferenceFace[]): ReferenceFace {
  const total = faces.reduce((sum, face) => sum + (face.score - 0.5), 0);
  const mean = (pick: (face: ReferenceFace) => number): number =>
    faces.reduce((sum, face) => sum + ((face.score - 0.5) / total) * pick(face), 0);
  return {
    score: faces[0]?.score ?? 0,
    box: [0, 1, 2, 3].map((i) => mean((face) => face.box[i] ?? 0)),
    keyPoints: [0, 1, 2, 3, 4, 5].map((i) => ({
      x: mean((face) => face.keyPoints[i]?.x ?? 0),
      y: mean((face) => face.keyPoints[i]?.y ?? 0),
    })),
  };
}

function sample(
  picture: Picture,
  square: SquareOfPicture,
  side: number,
  normalise: (value: number) => number,
  border: 'black' | 'replicate',
): Tensor {
  const taps = square.side / side > 2 ? 2 : 1;
  const data = new Float64Array(side * side * 3);
  for (let i = 0; i < data.length; ++i) {
    const column = Math.floor(i / 3) % side;
    const row = Math.floor(i / 3 / side);
    let sum = 0;
    for (let tap = 0; tap < taps * taps; ++tap) {
      const u = (column + ((tap % taps) + 0.5) / taps) / side - 0.5;
      const v = (row + (Math.floor(tap / taps) + 0.5) / taps) / side - 0.5;
      sum += bilinear(picture, toPicture(square, u, v), i % 3, border);
    }
    data[i] = normalise(sum / taps ** 2);
  }
  return { shape: [1, side, side, 3], data };
}

/** u and v run from −0.5 to 0.5 over the square. */
function toPicture({ x, y, side, angle }: SquareOfPicture, u: number, v: number): Point {
  return {
    x: x + side * (u * Math.cos(angle) - v * Math.sin(angle)),
    y: y + side * (u * Math.sin(angle) + v * Math.cos(angle)),
  };
}

function bilinear(picture: Picture, { x, y }: Point, channel: number, border: 'black' | 'replicate'): number {
  const { rgba, width, height } = picture;
  if (border === 'black' && (x < 0 || y < 0 || x >= width || y >= height)) return 0;
  const value = (column: number, row: number): number => {
    const inRow = Math.min(Math.max(column, 0), width - 1);
    const inColumn = Math.min(Math.max(row, 0), height - 1);
    return rgba[(inColumn * width + inRow) * 4 + channel] ?? 0;
  };
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  const [fx, fy] = [x - 0.5 - left, y - 0.5 - top];
  const upper = value(left, top) * (1 - fx) + value(left + 1, top) * fx;
  const lower = value(left, top + 1) * (1 - fx) + value(left + 1, top + 1) * fx;
  return upper * (1 - fy) + lower * fy;
}
