import type { MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { limits } from '../../../../ports/limits'
import type { MimePort } from '../../../../ports/mail/mime'
import type { Store } from '../../../../ports/store'
import type { SessionPool } from '../session-pool'
import type { OnBodies } from './sync-context'

/** More than is read of any message: no fault of the server, though its announcement ends the connection. */
const overLimit = (sizeBytes: number): SiegelError =>
  new SiegelError('too-large', { sizeBytes, limitBytes: limits.messageBytes })

const isLiteralTooLarge = (error: unknown): boolean =>
  error instanceof SiegelError &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === 'LiteralTooLarge'

/** Fetches every byte of a message now. Throws `not-found`, `body-not-here` when it is not on the server, `too-large`. */
export async function downloadMessage(
  deps: Readonly<{ store: Store; mime: MimePort; onBodies: OnBodies }>,
  pool: SessionPool,
  id: MessageId,
): Promise<void> {
  const { store, mime } = deps
  const location = store.messages.location(id)
  const row = location && store.mailboxes.row(location.mailboxId)
  if (!location || !row) throw new SiegelError('not-found', { what: 'message' })
  const { uid } = location
  if (uid === null) throw new SiegelError('body-not-here', { detail: 'the message is not on the server yet' })
  const sizeBytes = store.messages.summaries([id])[0]?.sizeBytes
  if (sizeBytes !== undefined && sizeBytes > limits.messageBytes) throw overLimit(sizeBytes)
  const keep = (raw: Uint8Array) => {
    store.messages.storeBodies([{ id, raw, parsed: mime.parseMessage(raw) }])
    deps.onBodies([{ id, raw }])
  }
  await pool.use(async session => {
    const { uidValidity } = await session.open(row.path, { readOnly: true })
    if (uidValidity !== row.uidValidity)
      throw new SiegelError('body-not-here', { detail: 'the mailbox was replaced on the server' })
    try {
      for await (const { raw } of session.fetchRaw([uid], { maxBytes: Number.MAX_SAFE_INTEGER }))
        return keep(raw)
    } catch (error) {
      throw isLiteralTooLarge(error) ? overLimit(sizeBytes ?? 0) : error
    }
    // Nothing is all there is of an empty message; of another one it says that the server does not give it.
    if (sizeBytes === 0) return keep(new Uint8Array())
    throw new SiegelError('body-not-here', { detail: 'the server does not give the message' })
  })
}
