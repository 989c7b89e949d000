// A mail server that keeps what it is given.
import { SMTPServer } from 'smtp-server';

/** A mail as it came over the wire. */
function opened(message) {
  const [head, body] = message.split('\r\n\r\n');
  const subject = head.replaceAll('\r\n ', '').match(/^Subject: (.*)$/m)[1];
  const words = [...subject.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)].map(([, word]) =>
    Buffer.from(word, 'base64'),
  );
  return {
    from: head.match(/^From: (.*)$/m)[1],
    to: head.match(/^To: (.*)$/m)[1],
    subject: Buffer.concat(words).toString(),
    text: Buffer.from(body, 'base64').toString(),
  };
}

/** A mail server on a free port of this machine that keeps what it is given, or refuses every recipient. */
export async function catcher(owner, { refuse = false, ...options } = {}) {
  const mails = [];
  const waiting = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(refuse ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : undefined),
    onData: (stream, _session, done) => {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        const mail = opened(Buffer.concat(chunks).toString());
        const next = waiting.shift();
        if (next) next(mail);
        else mails.push(mail);
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {}); // a refused handshake is what a test is about
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  owner.after(() => new Promise((closed) => server.close(closed)));
  return {
    port: server.server.address().port,
    mails,
    next: () =>
      mails.length > 0 ? Promise.resolve(mails.shift()) : new Promise((done) => waiting.push(done)),
  };
}

/** The settings of a mail server on this machine. */
export const mailSettings = (port, more = {}) => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  username: '',
  sender: 'portal@harbour.example',
  ...more,
});
/** The first address in a mail. */
export const linkIn = ({ text }) => new URL(text.match(/http\S+/)[0]);
