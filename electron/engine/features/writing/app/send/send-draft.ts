import type { Draft, OutboxItem } from '../../../../../../shared/features/writing/model'
import type { DraftId, OutboxId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { removeServerCopy } from '../draft/drafts'
import { requireDraft } from '../draft/require-draft'
import { finishedMessage, lockedWithPassphrase } from './finished-message'

function requireItem(context: Needs<never, 'outbox'>, id: OutboxId): OutboxItem {
  const item = context.store.outbox.get(id)
  if (!item) throw new SiegelError('not-found', { what: 'outbox message' })
  return item
}

/** A draft that is not on its way yet. Throws `not-found`, `conflict`. */
function requireSendable(context: Needs<never, 'drafts' | 'outbox'>, id: DraftId): Draft {
  const draft = requireDraft(context, id)
  const waiting = context.store.outbox.list().find(each => each.draftId === id && each.state !== 'sent')
  if (waiting) throw new SiegelError('conflict', { what: 'outbox message' })
  return draft
}

/** Called once a message is surely out: the server copy of its draft goes, the original is marked as answered. */
export function afterSent(context: Needs<'changes', 'drafts'>, item: OutboxItem): void {
  if (item.draftId === null) return
  const draft = context.store.drafts.get(item.draftId)
  if (!draft) return
  const original = draft.relation?.messageId
  if (draft.relation && original) {
    context.changes.setFlags([original], {
      add: [draft.relation.kind === 'reply' ? 'answered' : 'forwarded'],
      remove: [],
    })
  }
  removeServerCopy(context, draft.id)
}

/** The outbox: a draft becomes fixed bytes with a fixed Message-ID, in one transaction, before anything is dialled. */
export function outboxUseCases(
  context: Needs<
    | 'background'
    | 'clock'
    | 'lockMessage'
    | 'mime'
    | 'outbox'
    | 'protectedBuilder'
    | 'protection'
    | 'random'
    | 'reading'
    | 'vault',
    'accounts' | 'drafts' | 'messages' | 'openpgp' | 'outbox' | 'settings'
  >,
): Pick<UseCases, 'outbox.send' | 'outbox.list' | 'outbox.cancel' | 'outbox.retry' | 'outbox.resolve'> {
  const { outbox, drafts, settings } = context.store
  return {
    'outbox.send': async ({ draftId, passphrase }) => {
      const draft = requireSendable(context, draftId)
      const { raw, sentCopy, messageIdHeader, envelope } = await (passphrase === null
        ? finishedMessage(context, draft)
        : lockedWithPassphrase(context, draft, passphrase))
      // Encrypting takes a moment: what was written or handed over in between is not overtaken.
      const now = requireSendable(context, draftId)
      if (now.revision !== draft.revision || now.updatedAtMs !== draft.updatedAtMs)
        throw new SiegelError('conflict', { what: 'draft' })
      const delayMs = context.background ? settings.get().undoSendSeconds * 1000 : 0
      const item = outbox.enqueue({
        accountId: draft.content.accountId,
        draftId,
        messageIdHeader,
        subject: draft.content.subject,
        raw,
        sentCopy,
        envelope: draft.content.requireTls ? { ...envelope, requireTls: true } : envelope,
        notBeforeMs: context.clock.now() + delayMs,
      })
      if (!context.background) return context.outbox.runUntilFinal(item.id)
      context.outbox.kick()
      return item
    },
    'outbox.list': () => [...outbox.list()],
    'outbox.cancel': ({ outboxId }) => {
      const item = requireItem(context, outboxId)
      if (item.state !== 'queued' && item.state !== 'failed')
        throw new SiegelError('conflict', { what: 'outbox message', state: item.state })
      const draft = item.draftId === null ? null : drafts.get(item.draftId)
      if (!draft && item.draftId !== null) throw new SiegelError('not-found', { what: 'draft' })
      outbox.remove(outboxId)
      return draft
    },
    'outbox.retry': ({ outboxId }) => {
      const item = requireItem(context, outboxId)
      if (item.state !== 'failed' && item.state !== 'queued')
        throw new SiegelError('conflict', { what: 'outbox message', state: item.state })
      const queued = outbox.setState(outboxId, 'queued', {
        problem: null,
        nextAttemptAtMs: context.clock.now(),
      })
      if (!context.background) return context.outbox.runUntilFinal(outboxId)
      context.outbox.kick()
      return queued
    },
    'outbox.resolve': ({ outboxId, as }) => {
      const item = requireItem(context, outboxId)
      if (item.state !== 'unknown')
        throw new SiegelError('conflict', { what: 'outbox message', state: item.state })
      if (as === 'sent') {
        const sent = outbox.setState(outboxId, 'sent', { problem: null, sentAtMs: context.clock.now() })
        // The runner files the copy in Sent and closes the row, as for any other sent message.
        context.outbox.kick()
        return sent
      }
      const queued = outbox.setState(outboxId, 'queued', {
        problem: null,
        nextAttemptAtMs: context.clock.now(),
      })
      if (!context.background) return context.outbox.runUntilFinal(outboxId)
      context.outbox.kick()
      return queued
    },
  }
}
