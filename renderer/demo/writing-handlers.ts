import type {
  Draft,
  DraftAttachment,
  DraftContent,
  OutboxItem,
  TaskSummary,
} from '../../shared/features/writing/model'
import { noChoice } from '../../shared/features/writing/protection'
import type { FaceCallName } from '../../shared/ipc/contract'
import type { AccountId, DraftId, MessageId, OutboxId } from '../../shared/kit/ids'
import { SiegelError } from '../../shared/kit/result'
import type { FakeWorld } from './fake-world'
import type { Handlers } from './handlers'

type WritingCalls = Extract<FaceCallName, `drafts.${string}` | `outbox.${string}` | `tasks.${string}`>

export function writingHandlers(world: FakeWorld): Handlers<WritingCalls> {
  const find = (id: string): Draft => {
    const draft = world.drafts.get(id)
    if (draft === undefined) throw new SiegelError('not-found', { what: 'draft' })
    return draft
  }
  const put = (draft: Draft): Draft => {
    world.drafts.set(draft.id, draft)
    world.changed('draft', [draft.id])
    return draft
  }
  const item = (id: number): OutboxItem => {
    const found = world.outbox.find(other => other.id === id)
    if (found === undefined) throw new SiegelError('not-found', { what: 'draft' })
    return found
  }
  const putItem = (next: OutboxItem): OutboxItem => {
    const at = world.outbox.findIndex(other => other.id === next.id)
    if (at < 0) world.outbox.push(next)
    else world.outbox[at] = next
    world.changed('outbox', [next.id])
    return next
  }
  const dropTask = (taskId: number) => {
    const at = world.tasks.findIndex((task: TaskSummary) => task.id === taskId)
    if (at >= 0) world.tasks.splice(at, 1)
    world.changed('task', [taskId])
    return {}
  }
  const sentLater = (id: OutboxId, afterMs: number) =>
    setTimeout(() => {
      if (item(id).state !== 'queued') return
      putItem({ ...item(id), state: 'sent', nextAttemptAtMs: null, sentAtMs: Date.now() })
      world.emit('notice', { code: 'sent', params: {}, undoId: null })
    }, afterMs)

  return {
    'drafts.create': ({ mode, messageId }) => {
      const source = messageId === null ? undefined : world.messages.get(messageId as MessageId)
      const answers = mode === 'reply' || mode === 'reply-all' || mode === 'reply-list'
      const prefix = mode === 'forward' ? 'Fwd: ' : answers ? 'Re: ' : ''
      const quoted = (source?.detail.text ?? '')
        .split('\n')
        .map(line => `> ${line}`)
        .join('\n')
      return put({
        id: world.newId().toString(16).padStart(32, '0') as DraftId,
        content: {
          accountId: (world.accounts[0]?.id ?? '') as AccountId,
          to: answers
            ? [...(source?.summary.from ?? [])]
            : mode === 'edit'
              ? [...(source?.summary.to ?? [])]
              : [],
          cc: mode === 'reply-all' ? [...(source?.detail.cc ?? [])] : [],
          bcc: [],
          subject: source === undefined ? '' : `${prefix}${source.summary.subject}`,
          text: mode === 'edit' ? (source?.detail.text ?? '') : source === undefined ? '' : `\n\n${quoted}`,
          html: null,
          protection: noChoice,
        },
        attachments: [],
        relation:
          source === undefined || mode === 'edit'
            ? null
            : { kind: answers ? 'reply' : 'forward', messageId: source.summary.id },
        revision: 0,
        updatedAtMs: Date.now(),
        serverState: 'local-only',
        unprotected: null,
        quoteIsCut: false,
        leftOut: [],
        touched: false,
      })
    },
    'drafts.get': ({ draftId }) => find(draftId),
    'drafts.list': () => [...world.drafts.values()],
    'drafts.save': ({ draftId, content, revision }) => {
      const draft = find(draftId)
      if (revision < draft.revision) throw new SiegelError('conflict', { what: 'draft' })
      return put({
        ...draft,
        content: content as DraftContent,
        touched: true,
        revision: draft.revision + 1,
        updatedAtMs: Date.now(),
        serverState: 'uploaded',
      })
    },
    'drafts.discard': ({ draftId }) => {
      world.drafts.delete(draftId)
      world.changed('draft', [draftId])
      return {}
    },
    'drafts.leave': ({ draftId }) => {
      if (find(draftId).touched) return { kept: true }
      world.drafts.delete(draftId)
      world.changed('draft', [draftId])
      return { kept: false }
    },
    'drafts.addAttachment': ({ draftId, fileName, contentType, bytes }) => {
      const attachment: DraftAttachment = {
        id: world.newId(),
        fileName,
        originalName: null,
        contentType,
        sizeBytes: bytes.length,
        traces: contentType.startsWith('image/')
          ? { kind: 'image', removableBytes: 12_400, location: true }
          : { kind: 'document', removableBytes: 0, location: false },
        keepsTraces: false,
        contentId: null,
      }
      put({ ...find(draftId), attachments: [...find(draftId).attachments, attachment] })
      return attachment
    },
    'drafts.removeAttachment': ({ draftId, attachmentId }) => {
      put({
        ...find(draftId),
        attachments: find(draftId).attachments.filter(({ id }) => id !== attachmentId),
      })
      return {}
    },
    'drafts.renameAttachments': ({ draftId, attachmentId, name }) => {
      const draft = find(draftId)
      return put({
        ...draft,
        attachments: draft.attachments.map((each, index) => {
          if (attachmentId !== null && each.id !== attachmentId) return each
          const first = each.originalName ?? each.fileName
          if (name.kind === 'original') return { ...each, fileName: first, originalName: null }
          const neutral = `${String(index + 1)}${/\.[a-z0-9]+$/i.exec(first)?.[0] ?? ''}`
          return { ...each, fileName: name.kind === 'own' ? name.fileName : neutral, originalName: first }
        }),
      })
    },
    'drafts.keepTraces': ({ draftId, attachmentId, keep }) => {
      const draft = find(draftId)
      return put({
        ...draft,
        attachments: draft.attachments.map(each =>
          attachmentId === null || each.id === attachmentId ? { ...each, keepsTraces: keep } : each,
        ),
      })
    },
    'drafts.explain': ({ draftId }) => {
      const { content, attachments } = find(draftId)
      const names = [...content.to, ...content.cc, ...content.bcc].map(({ address }) => address)
      if (names.length === 0) return { readers: [], metadata: [], onTheWay: null, attachments, unexamined: 0 }
      const domains = [...new Set(names.map(address => address.slice(address.lastIndexOf('@') + 1)))]
      const sure = { reads: 'everything', isSure: true, level: null } as const
      return {
        readers: [
          { who: 'you', names: ['me@mailbox.example'], ...sure },
          { who: 'own-provider', names: ['mailbox.example'], ...sure },
          { who: 'network', names: domains, reads: 'nothing', isSure: false, level: 'dane' },
          { who: 'provider', names: domains, ...sure },
          { who: 'recipients', names, ...sure },
        ],
        metadata: (['addresses', 'subject', 'time', 'size'] as const).map(item => ({
          item,
          isHidden: false,
        })),
        onTheWay: 'dane',
        attachments,
        unexamined: 0,
      }
    },
    'drafts.preview': ({ draftId }) => {
      const { content } = find(draftId)
      const text = `Subject: ${content.subject}\r\n\r\n${content.text}`
      return { bytes: new TextEncoder().encode(text), text }
    },
    'outbox.send': ({ draftId }) => {
      const { content } = find(draftId)
      const recipients = [...content.to, ...content.cc, ...content.bcc].map(({ address }) => address)
      if (recipients.length === 0) throw new SiegelError('no-recipient')
      const afterMs = world.settings.undoSendSeconds * 1000
      const next = putItem({
        id: world.newId() as OutboxId,
        accountId: content.accountId,
        draftId: draftId as DraftId,
        messageIdHeader: 'demo@mailbox.example',
        subject: content.subject,
        recipients,
        state: 'queued',
        problem: null,
        attempts: 0,
        nextAttemptAtMs: Date.now() + afterMs,
        queuedAtMs: Date.now(),
        sentAtMs: null,
      })
      sentLater(next.id, afterMs)
      return next
    },
    'outbox.list': () => [...world.outbox],
    'outbox.cancel': ({ outboxId }) => {
      const found = item(outboxId)
      world.outbox.splice(world.outbox.indexOf(found), 1)
      world.changed('outbox', [outboxId])
      if (found.draftId === null) throw new SiegelError('not-found', { what: 'draft' })
      return find(found.draftId)
    },
    'outbox.retry': ({ outboxId }) => {
      const next = putItem({ ...item(outboxId), state: 'queued', problem: null })
      sentLater(next.id, 1500)
      return next
    },
    'outbox.resolve': ({ outboxId, as }) =>
      putItem({
        ...item(outboxId),
        state: as === 'sent' ? 'sent' : 'queued',
        problem: null,
        sentAtMs: Date.now(),
      }),
    'tasks.list': () => [...world.tasks],
    'tasks.retry': ({ taskId }) => dropTask(taskId),
    'tasks.discard': ({ taskId }) => dropTask(taskId),
  }
}
