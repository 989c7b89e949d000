import type { Challenge } from '../state/model';
import type { CaptureApi, ClientMessage } from './api';
import { concat } from './framing';
import { parseMessage, type ServerMessage } from './parse';
import { parseJson } from './read';

type Bytes = Uint8Array<ArrayBuffer>;

/** One capture's line to the server, over a WebSocket or over requests. After `close` no handler is called. */
export interface CaptureStream {
  sendFrame(frame: Bytes): void;
  send(message: ClientMessage): void;
  close(): void;
}

export interface StreamHandlers {
  message(message: ServerMessage): void;
  /** The line is gone before a verdict: `network_lost` or the problem's own code. */
  failed(code: string): void;
}

/** The part of WebSocket that is used; a test passes its own. */
export interface Socket {
  binaryType: BinaryType;
  send(data: Bytes | string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

export interface StreamTools {
  openSocket(path: string, protocol: string): Socket;
  api: CaptureApi;
  verificationId: string;
  delay(ms: number, task: () => void): void;
}

export const kSocketPatienceMs = 4_000;
export const kPollMs = 200;
const kFramesPerRequest = 4;

/** Prefers the WebSocket; where none can be opened (a proxy, an old network) the same ticket continues over requests. */
export function openStream(
  challenge: Challenge,
  tools: StreamTools,
  handlers: StreamHandlers,
): CaptureStream {
  let current: CaptureStream | null = null;
  let closed = false;
  const guarded: StreamHandlers = {
    message: (message) => {
      if (!closed) handlers.message(message);
    },
    failed: (code) => {
      if (!closed) handlers.failed(code);
    },
  };
  const fallBack = () => {
    if (!closed) current = openHttpStream(challenge, tools, guarded);
  };
  current = openSocketStream(challenge, tools, guarded, fallBack);
  return {
    sendFrame: (frame) => current?.sendFrame(frame),
    send: (message) => current?.send(message),
    close: () => {
      closed = true;
      current?.close();
    },
  };
}

function openSocketStream(
  challenge: Challenge,
  tools: StreamTools,
  handlers: StreamHandlers,
  fallBack: () => void,
): CaptureStream {
  const query = new URLSearchParams({ ticket: challenge.ticket, verification: tools.verificationId });
  const socket = tools.openSocket(`/api/capture/v1/stream?${query}`, 'fcap.1');
  let state: 'opening' | 'open' | 'done' = 'opening';
  const finish = () => {
    state = 'done';
    socket.close();
  };
  const giveUp = () => {
    if (state !== 'opening') return;
    finish();
    fallBack();
  };
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => {
    if (state === 'opening') state = 'open';
  };
  socket.onmessage = (event) => {
    const message = typeof event.data === 'string' ? parseMessage(parseJson(event.data)) : null;
    if (message === null || state === 'done') return;
    if (message.type === 'result' || message.type === 'error') state = 'done';
    handlers.message(message);
  };
  socket.onclose = () => {
    if (state === 'open') {
      state = 'done';
      handlers.failed('network_lost');
    } else {
      giveUp();
    }
  };
  tools.delay(kSocketPatienceMs, giveUp);
  return {
    sendFrame: (frame) => state === 'open' && socket.send(frame),
    send: (message) => state === 'open' && socket.send(JSON.stringify(message)),
    close: finish,
  };
}

/** Frames wait for the request before them, at most four to a body; without frames it polls. */
function openHttpStream(challenge: Challenge, tools: StreamTools, handlers: StreamHandlers): CaptureStream {
  let outbox: (Bytes | ClientMessage)[] = [];
  let done = false;

  /** Order is kept: what was painted is told before the pictures that show it. */
  function nextBody(): Bytes | ClientMessage | null {
    const batch: Bytes[] = [];
    for (let head = outbox[0]; head !== undefined; head = outbox[0]) {
      if (!(head instanceof Uint8Array)) {
        if (batch.length > 0) break;
        outbox.shift();
        return head;
      }
      if (batch.length === kFramesPerRequest) break;
      batch.push(head);
      outbox.shift();
    }
    return batch.length > 0 ? concat(...batch) : null;
  }

  async function turn(): Promise<void> {
    const body = nextBody();
    const reply = await tools.api.exchange(challenge.ticket, body);
    if (done) return;
    if (!reply.ok) {
      done = true;
      handlers.failed(reply.problem.code);
      return;
    }
    for (const message of reply.value) {
      if (message.type === 'result' || message.type === 'error') done = true;
      handlers.message(message);
    }
    if (done) return;
    if (outbox.length > 0) void turn();
    else tools.delay(kPollMs, () => !done && void turn());
  }

  void turn();
  return {
    sendFrame: (frame) => outbox.push(frame),
    send: (message) => outbox.push(message),
    close: () => {
      done = true;
      outbox = [];
    },
  };
}
