/**
 * Which algorithms and sizes are believed, on one page. Everything given to the OpenPGP library goes with one of these
 * configurations, never with the library's own defaults.
 */
import { enums, type PartialConfig } from './library'

/** Packets of one message outside its encryption: a session key packet a recipient, and some to spare. */
export const maxOuterPackets = 4000
/** Packets of a file of keys: some thousand foreign certifications a key are normal. */
export const maxKeyringPackets = 100_000
/** Packets inside, besides the literal data: nobody signs a mail this often. Thousands only cost memory. */
export const maxInnerPackets = 60
/** Signatures that are checked; each costs a public key operation. */
export const maxSignatures = 20
/** Private key operations for one message with hidden recipients. Each may cost ten milliseconds (RSA 4096). */
export const maxHiddenTrials = 200
/** Packets that a passphrase may open; each costs one derivation. Programs write one, or one for each of a few passphrases. */
export const maxPassphraseTrials = 8
/**
 * Memory of one Argon2 derivation in powers of two KiB: 256 MiB, four times the smaller choice of RFC 9106 §4. Its larger
 * choice, 2 GiB, is more than the vault's process may count on.
 */
export const maxArgon2Exponent = 18
/** KiB times passes: some seconds. Three passes over 64 MiB, as most programs write, are a tenth of it. */
export const maxArgon2Blocks = 2 ** 21
export const maxArgon2Lanes = 64
/** Plaintext of one message; also what a compressed message may grow to. The cap of messages (engine/mail/limits). */
export const maxPlaintextBytes = 150_000_000
/** Keys in one file. */
export const maxKeysInFile = 1000
export const maxUserIds = 50
export const maxSubkeys = 40
/** Of a key without foreign certifications. */
export const maxKeyBytes = 400_000
/** How far ahead another clock may be, in milliseconds. */
export const clockToleranceMs = 24 * 3600 * 1000

/** The least RSA modulus: 2048 bits, whose product may come out one bit short. */
const minRsaBits = 2047

/** RFC 9580 §9.5: MD5, SHA-1 and RIPEMD-160 can be collided, so no signature over a message counts with them. */
const brokenHashes: ReadonlySet<enums.hash> = new Set([enums.hash.md5, enums.hash.ripemd, enums.hash.sha1])
export const isBrokenHash = (hash: enums.hash | null): boolean => hash === null || brokenHashes.has(hash)

/**
 * Until when a SHA-1 certification of a user ID counts: from this day on GnuPG ignores new ones (its default since 2.2.18,
 * after the chosen-prefix collisions of 2019), and programs had made none of themselves for years.
 */
export const sha1UserIdsUntilMs = Date.UTC(2019, 0, 19)

/** RFC 9580 §9.1: DSA and ElGamal must not be used any more. */
const refusedAlgorithms = [enums.publicKey.dsa, enums.publicKey.elgamal]
/** Not in RFC 9580 §9.2; the library does not support it well. */
const refusedCurves = [enums.curve.secp256k1]

const common = {
  showVersion: false,
  showComment: false,
  // Compressed ciphertext tells by its length what is in it (the CRIME and BREACH attacks), and which program made it.
  preferredCompressionAlgorithm: enums.compression.uncompressed,
  preferredSymmetricAlgorithm: enums.symmetric.aes256,
  preferredHashAlgorithm: enums.hash.sha512,
  preferredAEADAlgorithm: enums.aead.gcm,
  // Never anything that can be changed unnoticed (EFAIL).
  allowUnauthenticatedMessages: false,
  allowUnauthenticatedStream: false,
  enforceGrammar: true,
  ignoreMalformedPackets: false,
  ignoreUnsupportedPackets: true,
  allowInsecureDecryptionWithSigningKeys: false,
  allowInsecureVerificationWithReformattedKeys: false,
  allowMissingKeyFlags: false,
  enableParsingV5Entities: false,
  minRSABits: minRsaBits,
  maxUserIDLength: 2000,
  maxDecompressedMessageSize: maxPlaintextBytes,
  // 64 MiB: our own passphrases use no more, and a planted key shall not ask for a gigabyte.
  maxArgon2MemoryExponent: 16,
  rejectMessageHashAlgorithms: new Set(brokenHashes),
  rejectPublicKeyAlgorithms: new Set(refusedAlgorithms),
  rejectCurves: new Set(refusedCurves),
  // Salts of signatures as a notation would name the program that signed (version 6 has a salt field instead); two
  // signatures over the same bytes with EdDSA are equal by design, faults aside.
  nonDeterministicSignaturesViaNotation: false,
} satisfies PartialConfig

/** For what is decided today: keys bound with SHA-1 or older do not count. */
export const strictConfig = {
  ...common,
  rejectHashAlgorithms: new Set(brokenHashes),
} satisfies PartialConfig

/** For keys whose bindings are SHA-1, as GnuPG made them until 2014: used to encrypt, and named `weak-hash`. */
export const legacyKeyConfig = {
  ...common,
  rejectHashAlgorithms: new Set([enums.hash.md5, enums.hash.ripemd]),
} satisfies PartialConfig

/** For reading what was encrypted long ago to an own key, however weak the key is held today. */
export const readingConfig = {
  ...common,
  rejectHashAlgorithms: new Set<enums.hash>(),
  rejectPublicKeyAlgorithms: new Set<enums.publicKey>(),
  rejectCurves: new Set<enums.curve>(),
  allowMissingKeyFlags: true,
  minRSABits: 1024,
} satisfies PartialConfig

/** Only for the arithmetic of a signature: whether it fits. What it is worth is judged apart. */
export const arithmeticConfig = {
  ...readingConfig,
  rejectMessageHashAlgorithms: new Set<enums.hash>(),
} satisfies PartialConfig
