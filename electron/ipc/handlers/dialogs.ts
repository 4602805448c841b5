import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CertificateProblem } from '../../../shared/features/accounts/model'
import type { CallInput, CallOutput, EngineCallName } from '../../../shared/ipc/contract'
import { asError, type Result, SiegelError } from '../../../shared/kit/result'
import type { CallEngine, MainHandlers } from '../answer-call'

/** The windows of main's own that ask before anything with a path or a risk happens. Null: the user cancelled. */
export type Dialogs = {
  openFiles(): Promise<readonly string[] | null>
  openFile(what: 'mail' | 'contacts'): Promise<string | null>
  openDirectory(purpose: 'save' | 'import'): Promise<string | null>
  saveFile(options: { suggestedName: string; extension: string }): Promise<string | null>
  /** True only when the user said yes to this one certificate. */
  confirmCertificate(problem: CertificateProblem): Promise<boolean>
  /** Shows where a link really goes; true when the user let it open. */
  openLink(url: string): Promise<boolean>
}

type DialogCalls = Pick<
  MainHandlers,
  'links.open' | 'accounts.pinCertificate' | Extract<keyof MainHandlers, `files.${string}`>
>

/** A file name for a subject: no separators, no control characters, no leading dot, at most 80 characters. */
export const suggestedFileName = (subject: string): string => {
  const cleaned = subject
    .normalize('NFC')
    .replace(/[\p{C}/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '')
  return [...cleaned]
    .slice(0, 80)
    .join('')
    .trim()
    .replace(/[. ]+$/, '')
}

const valueOrThrow = <T>(result: Result<T>): T => {
  if (result.ok) return result.value
  throw asError(result.error)
}

/** Calls that need a window of main's own: files, links and certificates. */
export const dialogHandlers = ({
  dialogs,
  callEngine,
  readRaw,
  printPage,
}: {
  dialogs: Dialogs
  callEngine: CallEngine
  /** The bytes of a message, ours to wipe. */
  readRaw: (input: CallInput<'messages.raw'>) => Promise<Result<Buffer>>
  /** The page as it is on paper, as PDF; ours to wipe. `isWide`: on its side. */
  printPage: (options: { isWide: boolean }) => Promise<Buffer>
}): DialogCalls => {
  const ask = async <N extends EngineCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    return valueOrThrow(await callEngine(name, input)) as CallOutput<N>
  }

  return {
    async 'links.open'({ url }) {
      return { opened: await dialogs.openLink(url) }
    },

    async 'accounts.pinCertificate'({ problem: { host, port, fingerprint256 } }) {
      // The page names a certificate; what is shown and pinned is what was really met.
      const problem = await ask('certificates.refused', { host, port, fingerprint256 })
      if (!problem) throw new SiegelError('not-found', { what: 'certificate' })
      if (problem.reason === 'weak-key') throw new SiegelError('bad-request', { reason: 'weak-key' })
      const pinned = await dialogs.confirmCertificate(problem)
      if (pinned) await ask('certificates.pin', { host, port, fingerprint256 })
      return { pinned }
    },

    async 'files.attach'({ draftId }) {
      const paths = await dialogs.openFiles()
      return paths ? ask('drafts.addAttachmentFiles', { draftId, paths: [...paths] }) : []
    },

    async 'files.saveAttachments'({ messageId, attached, partId }) {
      const directory = await dialogs.openDirectory('save')
      return directory === null
        ? { saved: [] }
        : ask('attachments.save', { messageId, attached, partId, directory })
    },

    async 'files.saveMessage'({ messageId }) {
      const [summary] = await ask('messages.summaries', { ids: [messageId] })
      const suggestedName = suggestedFileName(summary?.subject ?? '') || 'message'
      const path = await dialogs.saveFile({ suggestedName, extension: 'eml' })
      if (path === null) return { saved: [] }
      const bytes = valueOrThrow(await readRaw({ messageId }))
      try {
        await writeFile(path, bytes, { mode: 0o600 })
      } catch (error) {
        throw new SiegelError('file-unwritable', { path }, { cause: error })
      } finally {
        bytes.fill(0)
      }
      return { saved: [path] }
    },

    async 'files.saveChatFile'({ id, index }) {
      const directory = await dialogs.openDirectory('save')
      if (directory === null) return { saved: [] }
      return { saved: [(await ask('chat.saveFile', { id, index, directory })).path] }
    },

    async 'files.savePage'({ suggestedName, isWide }) {
      const path = await dialogs.saveFile({
        suggestedName: suggestedFileName(suggestedName) || 'page',
        extension: 'pdf',
      })
      if (path === null) return { saved: [] }
      const bytes = await printPage({ isWide })
      try {
        await writeFile(path, bytes, { mode: 0o600 })
      } catch (error) {
        throw new SiegelError('file-unwritable', { path }, { cause: error })
      } finally {
        bytes.fill(0)
      }
      return { saved: [path] }
    },

    async 'files.import'({ mailboxId, from }) {
      const path = from === 'file' ? await dialogs.openFile('mail') : await dialogs.openDirectory('import')
      return path === null
        ? { imported: 0, skipped: 0, notTaken: [], notTakenCount: 0 }
        : ask('mail.import', { path, mailboxId })
    },

    async 'files.export'({ mailboxId }) {
      const mailbox = (await ask('mailboxes.list', {})).find(({ id }) => id === mailboxId)
      const suggestedName = suggestedFileName(mailbox?.name ?? '') || 'mailbox'
      const path = await dialogs.saveFile({ suggestedName, extension: 'mbox' })
      return path === null ? { exported: 0 } : ask('mail.export', { mailboxId, path, format: 'mbox' })
    },

    // What stands in the file goes from the engine to the page and not through here.
    async 'files.chooseContacts'() {
      const path = await dialogs.openFile('contacts')
      if (path === null) return null
      return { ...(await ask('contacts.holdFile', { path })), name: basename(path).slice(0, 500) }
    },

    async 'files.exportChat'({ conversationId, isEncrypted }) {
      const { name } = await ask('chat.conversation', { conversationId })
      const suggestedName = suggestedFileName(name) || 'chat'
      const path = await dialogs.saveFile({ suggestedName, extension: isEncrypted ? 'jsonl.asc' : 'jsonl' })
      return path === null ? { exported: 0 } : ask('chat.export', { conversationId, path, isEncrypted })
    },

    async 'files.exportContacts'({ bookId }) {
      const book = (await ask('contacts.books', {})).find(({ id }) => id === bookId)
      const suggestedName = suggestedFileName(book?.name ?? '') || 'contacts'
      const path = await dialogs.saveFile({ suggestedName, extension: 'vcf' })
      return path === null ? { exported: 0 } : ask('contacts.export', { bookId, path })
    },
  }
}
