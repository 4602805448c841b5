import { z } from 'zod'
import { messageId } from '../kit/ids'
import type { KeptSecret } from './secrets'
import { type MessagePassphrase, messagePassphrase } from './vault/vault-calls'

/**
 * One call of the contract.
 *
 * - `query` is pure, `command` changes something.
 * - `host` says which process answers.
 * - `face: 'all'` may be called by the page; `'trusted'` only by main and the command line, because it
 *   carries file paths or raw bytes. The preload allow-list is made of the `'all'` entries.
 */
type Call = Readonly<{
  kind: 'query' | 'command'
  host: 'main' | 'engine'
  face: 'all' | 'trusted'
  in: z.ZodType
  out: z.ZodType
}>

export type Calls = Record<string, Call>

export const nothing = z.strictObject({})
export const done = z.object({})
export const ids = z.array(messageId).min(1).max(50_000)
export const secret = z.string().min(1).max(4096)
export const filePath = z.string().min(1).max(4096)
export const bytes = z.custom<Uint8Array>(value => value instanceof Uint8Array)

/**
 * A secret of a call that main answers. The page says text; what comes to main is the number under which the vault keeps
 * it (`secrets.ts`), and text is refused there. For the page's types it is the text.
 */
export const givenSecret = z.strictObject({
  secret: z.number().int().nonnegative(),
}) as unknown as z.ZodType<KeptSecret, string>

/** A passphrase for a message, of a call that the engine answers: from the page as above, from the command line in bytes. */
export const givenForMessage = messagePassphrase as unknown as z.ZodType<
  MessagePassphrase,
  string | Uint8Array
>
