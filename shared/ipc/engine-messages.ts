import { z } from 'zod'
import { contract, type EngineCallName, type EventName, events } from './contract'
import { messagePart } from './parts'
import { errorCodes } from './result'
import { isVaultCallName, type VaultCallName } from './vault-calls'

/** What main and the engine process say to each other over their port. */

const failure = z.object({
  code: z.enum(errorCodes),
  retryable: z.boolean(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
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

/** From main. `open` comes first and once; `storeKey` is wiped by both ends when the store has it. */
export const toEngine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('open'),
    profileDirectory: z.string(),
    storeKey: z.instanceof(Uint8Array),
  }),
  z.strictObject({ kind: z.literal('call'), id: z.number().int(), name: engineCallName, input: z.unknown() }),
  /** Main has had its turn after a part: the next may come. */
  z.strictObject({ kind: z.literal('vault-part-taken'), id: z.number().int() }),
  /** A large value of the answer that follows under this id. */
  z.strictObject({ kind: z.literal('vault-reply-part'), id: z.number().int(), part: messagePart }),
  /** The vault's answer to what the engine asked under this id. */
  z.strictObject({ kind: z.literal('vault-reply'), id: z.number().int(), result }),
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
  /** A large value of the question that follows under this id. */
  z.strictObject({ kind: z.literal('vault-part'), id: z.number().int(), part: messagePart }),
  /** A question to the vault; names outside `vaultCalls` do not parse, so main cannot even be asked for them. */
  z.strictObject({
    kind: z.literal('vault'),
    id: z.number().int(),
    name: z.custom<VaultCallName>(isVaultCallName),
    input: z.unknown(),
  }),
  z.strictObject({ kind: z.literal('vault-cancel'), id: z.number().int() }),
  z.strictObject({ kind: z.literal('event'), name: eventName, payload: z.unknown() }),
])
export type FromEngine = z.infer<typeof fromEngine>
