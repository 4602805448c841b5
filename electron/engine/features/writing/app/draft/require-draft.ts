import type { Draft } from '../../../../../../shared/features/writing/model'
import type { DraftId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'

/** Throws `not-found`. */
export function requireDraft(context: Needs<never, 'drafts'>, id: DraftId): Draft {
  const draft = context.store.drafts.get(id)
  if (!draft) throw new SiegelError('not-found', { what: 'draft' })
  return draft
}

/**
 * A draft that was handed over is not changed: its bytes are fixed already, and what was written after that would be
 * thrown away with the draft once they are out. Throws `conflict`; taking the message back opens it again.
 */
export function requireEditable(context: Needs<never, 'drafts' | 'outbox'>, id: DraftId): Draft {
  const draft = requireDraft(context, id)
  const waiting = context.store.outbox.list().find(each => each.draftId === id && each.state !== 'failed')
  if (waiting) throw new SiegelError('conflict', { what: 'outbox message', state: waiting.state })
  return draft
}
