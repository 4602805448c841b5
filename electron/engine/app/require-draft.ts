import { SiegelError } from '../../../shared/ipc/result'
import type { Draft } from '../../../shared/model/compose'
import type { DraftId } from '../../../shared/model/ids'
import type { AppContext } from './context'

/** Throws `not-found`. */
export function requireDraft(context: AppContext, id: DraftId): Draft {
  const draft = context.store.drafts.get(id)
  if (!draft) throw new SiegelError('not-found', { what: 'draft' })
  return draft
}

/**
 * A draft that was handed over is not changed: its bytes are fixed already, and what was written after that would be
 * thrown away with the draft once they are out. Throws `conflict`; taking the message back opens it again.
 */
export function requireEditable(context: AppContext, id: DraftId): Draft {
  const draft = requireDraft(context, id)
  const waiting = context.store.outbox.list().find(each => each.draftId === id && each.state !== 'failed')
  if (waiting) throw new SiegelError('conflict', { what: 'outbox', state: waiting.state })
  return draft
}
