import {
  acknowledgementIsLate,
  beginMovements,
  mayRequest,
  newPacer,
  noteAcknowledged,
  noteDropped,
  noteRequested,
  noteSent,
  type Pacer,
} from '../camera/pacer';
import type { ServerMessage } from '../protocol/parse';
import type { CaptureStream, StreamHandlers } from '../protocol/stream';
import type { CaptureEvent } from '../state/events';
import type { Challenge } from '../state/model';

/** A server silent for so long during a capture is treated as lost. */
export const kSilenceMs = 25_000;

/** One capture's traffic: what may be sent now, what came back, and when patience ends. */
export interface Line {
  /** True when a picture of this phase may be made now; the caller then reports `pictureMade` or `pictureDropped`. */
  claim(phase: 0 | 1, atMs: number): boolean;
  pictureMade(frame: Uint8Array<ArrayBuffer>): void;
  pictureDropped(atMs: number): void;
  painted(index: number): void;
  checkPatience(atMs: number): void;
  close(): void;
}

export function openLine(
  challenge: Challenge,
  nowMs: () => number,
  connect: (handlers: StreamHandlers) => CaptureStream,
  dispatch: (event: CaptureEvent) => void,
): Line {
  let pacer: Pacer = newPacer(challenge.limits, challenge.kind === 'colour_sequence' ? challenge.steps : 0);
  let ready = false;
  let closed = false;
  let heardAtMs = nowMs();

  const stream = connect({
    message(message) {
      heardAtMs = nowMs();
      if (message.type === 'ready') ready = true;
      else if (message.type === 'ack') pacer = noteAcknowledged(pacer, message.seq, heardAtMs);
      else {
        if (message.type === 'movement') pacer = beginMovements(pacer, challenge.movementLimits);
        dispatch(eventOf(message, heardAtMs));
      }
    },
    failed: (code) => dispatch({ kind: 'stream_failed', code }),
  });

  return {
    claim(phase, atMs) {
      if (!ready || closed || !mayRequest(pacer, phase, atMs)) return false;
      pacer = noteRequested(pacer, atMs);
      return true;
    },
    pictureMade(frame) {
      if (closed) return;
      pacer = noteSent(pacer, frame.length);
      stream.sendFrame(frame);
    },
    pictureDropped(atMs) {
      pacer = noteDropped(pacer, atMs);
    },
    painted: (index) => stream.send({ type: 'painted', index }),
    checkPatience(atMs) {
      if (closed) return;
      if (acknowledgementIsLate(pacer, atMs) || atMs - heardAtMs >= kSilenceMs) {
        dispatch({ kind: 'stream_failed', code: 'network_slow' });
      }
    },
    close() {
      closed = true;
      stream.close();
    },
  };
}

type DispatchedMessage = Exclude<ServerMessage, { type: 'ready' | 'ack' }>;

function eventOf(message: DispatchedMessage, atMs: number): CaptureEvent {
  switch (message.type) {
    case 'hint':
      return { kind: 'server_hint', code: message.code, atMs };
    case 'step':
      return { kind: 'step', index: message.index, color: message.color };
    case 'movement':
      return { kind: 'movement', index: message.index, movement: message.movement };
    case 'restart':
      return { kind: 'restart', secondCheck: message.secondCheck };
    case 'checking':
      return { kind: 'checking' };
    case 'result':
      return {
        kind: 'result',
        status: message.status,
        code: message.code,
        attemptsLeft: message.attemptsLeft,
      };
    case 'error':
      return { kind: 'stream_failed', code: message.code };
  }
}
