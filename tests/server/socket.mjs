// A WebSocket by hand: it sends what a browser never would and keeps every message.
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';

/** The text or close code in one unmasked frame of the server, and what follows it; null while it is incomplete. */
function readFrame(bytes) {
  if (bytes.length < 2) return null;
  const short = bytes[1] & 0x7f;
  const from = short === 126 ? 4 : 2;
  if (bytes.length < from) return null;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < from + length) return null;
  return {
    kind: bytes[0] & 0x0f,
    payload: bytes.subarray(from, from + length),
    rest: bytes.subarray(from + length),
  };
}

const maskedFrame = (kind, payload) => {
  const mask = randomBytes(4);
  const size =
    payload.length < 126
      ? Buffer.from([0x80 | payload.length])
      : Buffer.from([0xfe, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([
    Buffer.from([0x80 | kind]),
    size,
    mask,
    payload.map((byte, at) => byte ^ mask[at % 4]),
  ]);
};

/** An open WebSocket: messages in the order they came, and the code it was closed with. */
class OpenSocket {
  messages = [];

  constructor(socket, head, protocol) {
    this.socket = socket;
    this.protocol = protocol;
    this.ended = new Promise((done) => socket.once('close', () => done(this.closeCode)));
    let waiting = head;
    const take = (more) => {
      waiting = Buffer.concat([waiting, more]);
      for (let frame = readFrame(waiting); frame; frame = readFrame(waiting)) {
        waiting = frame.rest;
        if (frame.kind === 1) this.messages.push(JSON.parse(frame.payload.toString()));
        if (frame.kind === 8) this.#answerClose(frame.payload);
      }
    };
    socket.on('data', take);
    socket.on('error', () => {});
    take(Buffer.alloc(0));
  }

  #answerClose(payload) {
    this.closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : null;
    this.socket.end(maskedFrame(8, payload));
  }

  send(bytes) {
    this.socket.write(maskedFrame(2, bytes));
  }

  /** The first message that fits, once it has come. */
  async message(fits, patience = 5000) {
    for (
      const until = Date.now() + patience;
      Date.now() < until;
      await new Promise((done) => setTimeout(done, 10))
    ) {
      const found = this.messages.find(fits);
      if (found) return found;
    }
    throw new Error(`no such message in ${JSON.stringify(this.messages)}`);
  }
}

/** Asks for a WebSocket: `{ socket }` when it opened, `{ status, code }` when it was refused. */
export function upgrade(
  browser,
  ticket,
  {
    origin = browser.prepared.url,
    protocol = 'fcap.1',
    headers = {},
    verification = browser.verification,
  } = {},
) {
  const query = new URLSearchParams({ ticket, verification });
  const asked = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    Cookie: browser.cookie,
    Origin: origin,
    'Sec-WebSocket-Protocol': protocol,
    ...headers,
  };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null));
  return new Promise((done, failed) => {
    const sent = request(`${browser.prepared.url}/api/capture/v1/stream?${query}`, {
      headers: given,
      agent: false,
    });
    sent.on('upgrade', (answer, socket, head) =>
      done({ socket: new OpenSocket(socket, head, answer.headers['sec-websocket-protocol']) }),
    );
    sent.on('response', (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () =>
        done({ status: answer.statusCode, code: JSON.parse(Buffer.concat(chunks).toString()).code }),
      );
    });
    sent.on('error', failed);
    sent.end();
  });
}
