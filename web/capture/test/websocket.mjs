// The small part of RFC 6455 that a test server needs: handshake, whole messages from the client, text and close to it.
import { createHash } from 'node:crypto';

const kGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9 };

/** Answers the upgrade and reports each message as a string or a Buffer. */
export function acceptWebSocket(request, socket, protocol, handlers) {
  const accept = createHash('sha1')
    .update(request.headers['sec-websocket-key'] + kGuid)
    .digest('base64');
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${protocol}\r\n\r\n`,
  );
  let pending = Buffer.alloc(0);
  let parts = [];
  let kind = opcodes.text;

  function take(frame) {
    if (frame.opcode === opcodes.close) return socket.end();
    if (frame.opcode === opcodes.ping) return;
    if (frame.opcode !== opcodes.continuation) kind = frame.opcode;
    parts.push(frame.payload);
    if (!frame.final) return;
    const message = Buffer.concat(parts);
    parts = [];
    handlers.message(kind === opcodes.text ? message.toString('utf8') : message);
  }

  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (let frame = readFrame(pending); frame !== null; frame = readFrame(pending)) {
      pending = pending.subarray(frame.size);
      take(frame);
    }
  });
  socket.on('close', () => handlers.closed?.());
  socket.on('error', () => handlers.closed?.());
  return {
    send: (text) => socket.writable && socket.write(encodeFrame(opcodes.text, Buffer.from(text))),
    close: () => socket.writable && socket.end(encodeFrame(opcodes.close, Buffer.alloc(0))),
    destroy: () => socket.destroy(),
  };
}

function readFrame(bytes) {
  if (bytes.length < 2) return null;
  let length = bytes[1] & 0x7f;
  let at = 2;
  if (length === 126) {
    if (bytes.length < 4) return null;
    length = bytes.readUInt16BE(2);
    at = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return null;
    length = Number(bytes.readBigUInt64BE(2));
    at = 10;
  }
  const masked = (bytes[1] & 0x80) !== 0;
  const start = at + (masked ? 4 : 0);
  if (bytes.length < start + length) return null;
  const payload = Buffer.from(bytes.subarray(start, start + length));
  for (let index = 0; masked && index < length; ++index) payload[index] ^= bytes[at + (index % 4)];
  return { final: (bytes[0] & 0x80) !== 0, opcode: bytes[0] & 0x0f, payload, size: start + length };
}

function encodeFrame(opcode, payload) {
  const header = payload.length < 126 ? Buffer.from([0x80 | opcode, payload.length]) : Buffer.alloc(4);
  if (payload.length >= 126) {
    header[0] = 0x80 | opcode;
    header[1] = 126;
    header.writeUInt16BE(payload.length, 2);
  }
  return Buffer.concat([header, payload]);
}
