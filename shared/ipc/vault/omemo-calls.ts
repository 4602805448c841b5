/** What the engine may ask of the vault about OMEMO (the port is electron/engine/ports/chat/omemo.ts). Private parts and ratchets are on no answer but sealed. */
import { z } from 'zod'
import { accountId } from '../../kit/ids'

const bytesUpTo = (limit: number) =>
  z.custom<Uint8Array>(value => value instanceof Uint8Array && value.byteLength <= limit, {
    error: `at most ${limit} bytes expected`,
  })

/** Five sessions with 1,000 kept keys each are 420,000 bytes. */
const sealed = bytesUpTo(1_000_000)
/** A text, or an SCE envelope, and its encrypted form: stanzas are at most 1 MiB. */
const content = bytesUpTo(1_000_000)
const key = bytesUpTo(64)
const headerKey = bytesUpTo(4096)

/** Both, in the order in which their keys are sealed. */
export const omemoVersions = ['omemo', 'omemo2'] as const
const version = z.enum(omemoVersions)
export type OmemoVersion = z.infer<typeof version>

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
const deviceId = z.number().int().min(1).max(0x7fff_ffff)
/** Of a prekey of somebody: what their program chose. */
const keyId = z.number().int().min(0).max(0xffff_ffff)
const nowMs = z.number().int().nonnegative().max(8.64e15)
const address = { jid: z.string().min(1).max(3071), deviceId }
const own = { accountId, device: sealed }

/** Prekeys of one bundle. */
const mostPreKeys = 200
/** Devices of all members of a room. */
const mostRecipients = 5000

const bundle = z.strictObject({
  version,
  identityKey: key,
  signedPreKey: z.strictObject({ id: keyId, key, signature: bytesUpTo(128) }),
  preKeys: z
    .array(z.strictObject({ id: keyId, key }))
    .max(mostPreKeys)
    .readonly(),
})
export type OmemoBundle = z.infer<typeof bundle>

const bundleProblems = ['bad-signature', 'weak-key', 'no-prekeys', 'other-identity', 'malformed'] as const
const recipientProblem = z.enum([...bundleProblems, 'no-session', 'state-damaged'])
export type RecipientProblem = z.infer<typeof recipientProblem>

const refusal = z.enum([
  'repeated',
  'no-session',
  'unknown-prekey',
  'no-prekey',
  'not-opened',
  'too-far',
  'weak-key',
  'other-identity',
  'payload-changed',
  'unsafe-form',
  'malformed',
  'state-damaged',
])
export type OmemoRefusal = z.infer<typeof refusal>

export const omemoCalls = {
  createOmemoDevice: {
    in: z.strictObject({ accountId, deviceId, nowMs }),
    out: z.object({ device: sealed, fingerprint }),
  },
  ownOmemoBundles: {
    in: z.strictObject(own),
    out: z.object({ deviceId, fingerprint, bundles: z.object({ omemo: bundle, omemo2: bundle }) }),
  },
  maintainOmemo: {
    in: z.strictObject({ ...own, nowMs, catchUpOver: z.boolean() }),
    out: z.object({ device: sealed.nullable(), publish: z.array(version).max(2) }),
  },
  judgePublishedOmemo: {
    in: z.strictObject({ ...own, bundle }),
    out: z.object({ state: z.enum(['current', 'older', 'ahead', 'foreign']) }),
  },
  judgeOmemoBundles: {
    in: z.strictObject({ bundles: z.array(bundle).max(mostRecipients).readonly() }),
    out: z.object({
      judged: z.array(
        z.discriminatedUnion('ok', [
          z.object({ ok: z.literal(true), fingerprint }),
          z.object({
            ok: z.literal(false),
            problem: z.enum(bundleProblems),
            fingerprint: fingerprint.nullable(),
          }),
        ]),
      ),
    }),
  },
  encryptOmemo: {
    in: z.strictObject({
      ...own,
      version,
      content: content.nullable(),
      recipients: z
        .array(
          z.strictObject({
            ...address,
            sessions: sealed.nullable(),
            bundle: bundle.nullable(),
            fingerprint: fingerprint.nullable(),
            renew: z.boolean().optional(),
          }),
        )
        .max(mostRecipients)
        .readonly(),
      nowMs,
    }),
    out: z.object({
      version,
      deviceId,
      keys: z.array(z.object({ ...address, isKeyExchange: z.boolean(), data: headerKey })),
      iv: bytesUpTo(16).nullable(),
      payload: bytesUpTo(1_100_000).nullable(),
      sessions: z.array(z.object({ ...address, sessions: sealed, fingerprint, isNew: z.boolean() })),
      failed: z.array(z.object({ ...address, problem: recipientProblem })),
    }),
  },
  decryptOmemo: {
    in: z.strictObject({
      ...own,
      message: z.strictObject({
        version,
        sender: z.strictObject(address),
        sessions: sealed.nullable(),
        fingerprint: fingerprint.nullable(),
        key: z.strictObject({ isKeyExchange: z.boolean(), data: headerKey }),
        iv: bytesUpTo(64).nullable(),
        payload: content.nullable(),
      }),
      nowMs,
    }),
    out: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('opened'),
        content: content.nullable(),
        sessions: sealed,
        device: sealed.nullable(),
        fingerprint,
        isNewSession: z.boolean(),
        chain: z.string().max(64),
        counter: z.number().int().nonnegative(),
      }),
      z.object({
        kind: z.literal('refused'),
        reason: refusal,
        fingerprint: fingerprint.nullable(),
      }),
    ]),
  },
} as const
