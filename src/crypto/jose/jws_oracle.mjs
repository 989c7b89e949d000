// Signs or verifies with the npm package `jose`, so that the test compares our tokens with somebody else's reading.
//   node jws_oracle.mjs sign <key text> <claims JSON>   prints the token
//   node jws_oracle.mjs verify <key text> <token>       prints the claims as JSON
import { CompactSign, compactVerify } from 'jose';

const [action, keyText, input] = process.argv.slice(2);
const key = new TextEncoder().encode(keyText);
if (action === 'sign') {
  const signer = new CompactSign(new TextEncoder().encode(input));
  console.log(await signer.setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key));
} else {
  const { payload } = await compactVerify(input, key, { algorithms: ['HS256'] });
  console.log(new TextDecoder().decode(payload));
}
