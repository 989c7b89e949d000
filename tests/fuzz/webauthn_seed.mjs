// Authenticator data of a new Ed25519 key (RFC 8032, test 1) behind the hash of the domain, as webauthn_fuzz takes it: from here
// the fuzzer finds its way into the decoder of keys.
const head = `4500000000${'00'.repeat(16)}000101`;
const cose = 'a4010103272006215820' + 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
process.stdout.write(Buffer.from(head + cose, 'hex'));
