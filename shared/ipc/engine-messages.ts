import { z } from 'zod'
import { errorCode, errorParams } from '../kit/errors/error-schema'
import { contract, type EngineCallName, type EventName, events } from './contract'
import { pageQuestion } from './page-question'

/** What main and the engine process say to each other over their port. */

const failure = z.object({
  code: errorCode,
  retryable: z.boolean(),
  params: errorParams,
})

const engineCallName = z.custom<EngineCallName>(
  name =>
    typeof name === 'string' &&
    Object.hasOwn(contract, name) &&
    contract[name as EngineCallName].host === 'engine',
)

const eventName = z.custom<EventName>(name => typeof name === 'string' && Object.hasOwn(events, name))

const result = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: failure }),
])

/** The calls whose answer is content of mail that main needs. */
const contentCalls = [
  'messages.html',
  'messages.raw',
  'attachments.read',
  'remoteContent.read',
  'drafts.readAttachment',
] as const
export type ContentCallName = (typeof contentCalls)[number]

/** The value of an answer to `content`. */
export const sealedContent = z.strictObject({
  publicKey: z.instanceof(Uint8Array),
  nonce: z.instanceof(Uint8Array),
  sealed: z.instanceof(Uint8Array),
})

/** From main. `open` comes first and once, with the engine's door to the vault; `page` with the end of a port. */
export const toEngine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('open'),
    profileDirectory: z.string(),
    profileId: z.string(),
    /** Development and tests: answers to the page are parsed as well. */
    checksOutput: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('call'), id: z.number().int(), name: engineCallName, input: z.unknown() }),
  /** Bytes of mail for main to hand on or to write, sealed for this one answer (electron/sealing). */
  z.strictObject({
    kind: z.literal('content'),
    id: z.number().int(),
    name: z.enum(contentCalls),
    input: z.unknown(),
    publicKey: z.instanceof(Uint8Array),
  }),
  /** A page of main's own window may call over the port that comes with this. */
  z.strictObject({ kind: z.literal('page') }),
  /** What the person said to an `ask`. */
  z.strictObject({ kind: z.literal('answer'), id: z.number().int(), yes: z.boolean() }),
  z.strictObject({ kind: z.literal('close') }),
])
export type ToEngine = z.infer<typeof toEngine>

/** From the engine. `result` carries a `Result` of the call's output. */
export const fromEngine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opened') }),
  z.strictObject({ kind: z.literal('refused'), error: failure }),
  z.strictObject({
    kind: z.literal('result'),
    id: z.number().int(),
    result,
  }),
  z.strictObject({ kind: z.literal('event'), name: eventName, payload: z.unknown() }),
  /** A call of the page that the person must agree to, in a window of main's own. */
  z.strictObject({ kind: z.literal('ask'), id: z.number().int(), question: pageQuestion }),
])
export type FromEngine = z.infer<typeof fromEngine>
