/**
 * Node's list of curves is empty while the OpenPGP library loads. Where Node lists a curve that the Web Crypto API does not
 * have (Brainpool, secp256k1), the library signs and verifies through a package (`eckey-utils`) that it does not bring, and
 * every key and signature of such a curve fails. Without the list it takes the noble curves that it carries inside, as it
 * does in Electron, whose BoringSSL has none of these curves. The NIST curves go through the Web Crypto API either way.
 */
import crypto from 'node:crypto'

const { getCurves } = crypto

crypto.getCurves = () => []

export const showCurves = (): void => {
  crypto.getCurves = getCurves
}
