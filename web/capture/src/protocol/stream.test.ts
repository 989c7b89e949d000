import { beforeEach, describe, expect, it } from 'vitest';
import type { Challenge } from '../state/model';
import type { CaptureApi, Reply } from './api';
import type { ServerMessage } from './parse';
import { kSocketPatienceMs, openStream, type Socket, type StreamTools } from './stream';

const kChallenge: Challenge = {
  challengeId: 'chl_1',
  ticket: 'ticket',
  nonce: '',
  macKey: '',
  kind: 'none',
  steps: 0,
  limits: { maxFrames: 60, maxFrameBytes: 1, maxTotalBytes: 1, maxSide: 1 },
  movementLimits: { maxFrames: 60, maxFrameBytes: 1, maxTotalBytes: 1, maxSide: 1 },
};

class FakeSocket implements Socket {
  binaryType: BinaryType = 'blob';
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  sent: unknown[] = [];
  closed = false;
  send(data: unknown): void {
    this.sent.push(data);
  }
  close(): void {
    this.closed = true;
  }
  says(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

let socket: FakeSocket;
let address: string;
let bodies: unknown[];
let answers: Reply<readonly ServerMessage[]>[];
let timers: { readonly ms: number; readonly task: () => void }[];
let heard: ServerMessage[];
let failures: string[];

function open() {
  const exchange: CaptureApi['exchange'] = async (_ticket, body) => {
    bodies.push(body);
    return answers.shift() ?? { ok: true, value: [] };
  };
  const tools: StreamTools = {
    openSocket: (path, protocol) => {
      address = `${protocol} ${path}`;
      return socket;
    },
    api: { exchange } as CaptureApi,
    verificationId: 'ver_1',
    delay: (ms, task) => timers.push({ ms, task }),
  };
  return openStream(kChallenge, tools, {
    message: (message) => heard.push(message),
    failed: (code) => failures.push(code),
  });
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  socket = new FakeSocket();
  bodies = [];
  answers = [];
  timers = [];
  heard = [];
  failures = [];
});

describe('over the WebSocket', () => {
  it('opens with ticket, verification and sub-protocol', () => {
    open();
    expect(address).toBe('fcap.1 /api/capture/v1/stream?ticket=ticket&verification=ver_1');
  });

  it('carries frames and messages once open, and reports what it hears', () => {
    const stream = open();
    stream.sendFrame(Uint8Array.of(9));
    socket.onopen?.();
    stream.sendFrame(Uint8Array.of(1));
    stream.send({ type: 'painted', index: 0 });
    socket.says({ type: 'ready' });
    socket.onmessage?.({ data: new ArrayBuffer(1) });

    expect(socket.sent).toEqual([Uint8Array.of(1), '{"type":"painted","index":0}']);
    expect(heard).toEqual([{ type: 'ready' }]);
  });

  it('is lost when it closes before a verdict', () => {
    open();
    socket.onopen?.();
    socket.onclose?.();
    expect(failures).toEqual(['network_lost']);
  });

  it('is finished, not lost, when it closes after the verdict', () => {
    open();
    socket.onopen?.();
    socket.says({ type: 'result', status: 'passed', code: 'passed', attempts_left: 1 });
    socket.onclose?.();
    expect(failures).toEqual([]);
    expect(heard).toHaveLength(1);
  });

  it('says nothing more after it was closed from here', () => {
    const stream = open();
    socket.onopen?.();
    stream.close();
    socket.says({ type: 'ready' });
    socket.onclose?.();
    expect([heard, failures, socket.closed]).toEqual([[], [], true]);
  });
});

describe('without a WebSocket', () => {
  it('continues with the same ticket over requests', async () => {
    answers = [{ ok: true, value: [{ type: 'ready' }] }];
    open();
    socket.onclose?.();
    await settle();
    expect(bodies).toEqual([null]);
    expect(heard).toEqual([{ type: 'ready' }]);
  });

  it('stops waiting for a socket that never opens, and does not use it later', async () => {
    const stream = open();
    timers.find(({ ms }) => ms === kSocketPatienceMs)?.task();
    socket.onopen?.();
    await settle();
    stream.sendFrame(Uint8Array.of(1));
    expect(socket.sent).toEqual([]);
    expect(socket.closed).toBe(true);
    expect(bodies).toEqual([null]);
  });

  it('sends at most four frames to a body and keeps the order of frames and messages', async () => {
    const stream = open();
    socket.onclose?.();
    for (const number of [1, 2, 3, 4, 5]) stream.sendFrame(Uint8Array.of(number));
    stream.send({ type: 'painted', index: 1 });
    stream.sendFrame(Uint8Array.of(6));
    await settle();
    expect(bodies).toEqual([
      null,
      Uint8Array.of(1, 2, 3, 4),
      Uint8Array.of(5),
      { type: 'painted', index: 1 },
      Uint8Array.of(6),
    ]);
  });

  it('polls when there is nothing to send', async () => {
    open();
    socket.onclose?.();
    await settle();
    timers.at(-1)?.task();
    await settle();
    expect(bodies).toEqual([null, null]);
  });

  it('ends with the verdict', async () => {
    answers = [{ ok: true, value: [{ type: 'result', status: 'passed', code: 'passed', attemptsLeft: 1 }] }];
    open();
    const before = timers.length;
    socket.onclose?.();
    await settle();
    expect(timers.length).toBe(before);
  });

  it('fails with the code of the refused request', async () => {
    answers = [{ ok: false, problem: { code: 'expired', reference: null, retryAfterS: null } }];
    open();
    socket.onclose?.();
    await settle();
    expect(failures).toEqual(['expired']);
  });

  it('says nothing after it was closed while a request was under way', async () => {
    answers = [{ ok: true, value: [{ type: 'ready' }] }];
    const stream = open();
    socket.onclose?.();
    stream.close();
    await settle();
    expect(heard).toEqual([]);
  });
});
