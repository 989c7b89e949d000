// The server's side of one capture, scripted: checks every frame as the protocol asks and plays the challenge.
import { createHash, createHmac } from 'node:crypto';

const colours = ['#FFB3A7', '#A9C4FF', '#FFFFFF', '#202A3A', '#A8F0B4', '#FFB3A7'];
const movements = ['look_ahead', 'turn_left', 'look_ahead', 'approach', 'look_ahead', 'close_eyes'];
const kHeader = 28;
const kMac = 16;

export function parseFrames(body) {
  const frames = [];
  for (let at = 0; at < body.length; ) {
    const length = body.readUInt32LE(at + 24);
    const end = at + kHeader + length;
    frames.push({
      type: body[at],
      phase: body[at + 1],
      step: body[at + 2],
      flags: body[at + 3],
      seq: body.readUInt32LE(at + 4),
      captureTime: body.readDoubleLE(at + 8),
      sendTime: body.readDoubleLE(at + 16),
      covered: body.subarray(at, end),
      picture: body.subarray(at + kHeader, end),
      mac: body.subarray(end, end + kMac),
    });
    at = end + kMac;
  }
  return frames;
}

/**
 * `outcome`: what the verdict is. `interruptAt`: a step at which the sequence is restarted once. `holdAt`: a step that
 * stands for ever, -1 for the key frames.
 */
export function createScript({
  nonce,
  macKey,
  kind,
  steps,
  outcome,
  interruptAt = null,
  holdAt = null,
  checkMs = 300,
  send,
}) {
  const record = { frames: [], violations: [], painted: [], sizes: [] };
  let previousMac = Buffer.alloc(kMac);
  let nextSeq = 0;
  let keyFrames = 0;
  let step = -1;
  let framesOfStep = 0;
  let shownAt = 0;
  let restarted = false;
  let over = false;

  const later = (task, ms) => setTimeout(() => !over && task(), ms);

  function verify(frame) {
    const digest = createHash('sha256').update(frame.covered).digest();
    const seq = Buffer.alloc(4);
    seq.writeUInt32LE(frame.seq);
    const mac = createHmac('sha256', macKey)
      .update(Buffer.concat([nonce, seq, digest, previousMac]))
      .digest();
    if (!mac.subarray(0, kMac).equals(frame.mac)) record.violations.push(`mac of ${frame.seq}`);
    if (frame.seq !== nextSeq) record.violations.push(`seq ${frame.seq} instead of ${nextSeq}`);
    if (frame.type !== 1 || frame.flags !== 0) record.violations.push('type or flags');
    if (frame.picture.readUInt16BE(0) !== 0xffd8) record.violations.push('not a JPEG');
    if (frame.sendTime < frame.captureTime) record.violations.push('sent before it was taken');
    previousMac = frame.mac;
    nextSeq = frame.seq + 1;
    record.frames.push({
      phase: frame.phase,
      step: frame.step,
      bytes: frame.picture.length,
      size: jpegSize(frame.picture),
    });
  }

  function reveal(index) {
    step = index;
    framesOfStep = 0;
    shownAt = 0;
    if (kind === 'movement') send({ type: 'step', index, kind, movement: movements[index] });
    else send({ type: 'step', index, kind: 'colour', color: colours[index % colours.length], hold_ms: 280 });
  }

  function check() {
    step = -2;
    send({ type: 'checking' });
    later(() => {
      over = true;
      send({ type: 'result', ...outcome });
    }, checkMs);
  }

  function advance() {
    if (step === holdAt) return;
    if (step === -1 && keyFrames >= 3) {
      if (kind === 'none') check();
      else reveal(0);
    } else if (step >= 0 && framesOfStep >= 2 && Date.now() - shownAt >= 280) {
      if (step === interruptAt && !restarted) {
        restarted = true;
        step = -3;
        send({ type: 'restart', code: 'challenge_interrupted' });
        later(() => reveal(0), 600);
      } else if (step + 1 < steps) reveal(step + 1);
      else check();
    }
  }

  return {
    record,
    start: () => send({ type: 'ready' }),
    stop: () => {
      over = true;
    },
    frame(frame) {
      if (over) return;
      verify(frame);
      send({ type: 'ack', seq: frame.seq });
      if (frame.phase === 0) {
        if (step === -1) {
          keyFrames += 1;
          send({ type: 'hint', code: 'none' });
        }
      } else if (frame.step === step) framesOfStep += 1;
      advance();
    },
    message(message) {
      if (message.type !== 'painted') return;
      record.painted.push(message.index);
      shownAt = Date.now();
      later(advance, 290);
    },
  };
}

/** Width and height from the first frame header of a JPEG. */
function jpegSize(bytes) {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1];
    if (marker >= 0xc0 && marker <= 0xc2)
      return `${bytes.readUInt16BE(at + 7)}x${bytes.readUInt16BE(at + 5)}`;
  }
  return '?';
}
