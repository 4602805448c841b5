import type { MailSession } from '../../../ports/mail/mail-backend'
import { append } from './commands/append'
import { createMailbox, deleteMailbox, renameMailbox } from './commands/change-mailboxes'
import { expunge, expungeMarked } from './commands/expunge'
import { fetchFlags } from './commands/fetch-flags'
import { fetchHeaders } from './commands/fetch-headers'
import { fetchRaw } from './commands/fetch-raw'
import { fetchText } from './commands/fetch-text'
import { waitForChange } from './commands/idle'
import { list } from './commands/list'
import { move } from './commands/move'
import { close, open } from './commands/open'
import { searchMessageId, searchUids } from './commands/search'
import { storeFlags, storeFlagsIfUnchanged } from './commands/store-flags'
import type { ImapContext } from './context'

/** From LOGOUT to the end of the connection; nobody waits longer for a goodbye. */
const logoutMs = 3_000

/** The operations of one signed-in connection, each in a file of its own. */
export function imapSession(context: ImapContext): MailSession {
  return {
    capabilities: context.capabilities,
    get closed() {
      return context.wire.closed
    },
    list: () => list(context),
    namespaces: () => context.namespaces ?? context.listedNamespaces,
    open: (path, options) => open(context, path, options),
    close: () => close(context),
    searchUids: options => searchUids(context, options),
    searchMessageId: messageIdHeader => searchMessageId(context, messageIdHeader),
    fetchHeaders: (uids, signal) => fetchHeaders(context, uids, signal),
    fetchFlags: options => fetchFlags(context, options),
    fetchRaw: (uids, options) => fetchRaw(context, uids, options),
    fetchText: uid => fetchText(context, uid),
    storeFlags: (uids, change) => storeFlags(context, uids, change),
    storeFlagsIfUnchanged: (uids, change, modseq) => storeFlagsIfUnchanged(context, uids, change, modseq),
    move: (uids, targetPath) => move(context, uids, targetPath),
    expunge: uids => expunge(context, uids),
    expungeMarked: uids => expungeMarked(context, uids),
    append: (path, raw, options) => append(context, path, raw, options),
    createMailbox: path => createMailbox(context, path),
    renameMailbox: (path, newPath) => renameMailbox(context, path, newPath),
    deleteMailbox: path => deleteMailbox(context, path),
    waitForChange: (signal, maxMs) => waitForChange(context, signal, maxMs),
    async logout() {
      const timer = setTimeout(() => context.wire.destroy(), logoutMs)
      try {
        if (!context.wire.closed) await context.wire.client.logout()
      } catch {
        // The connection goes either way.
      } finally {
        clearTimeout(timer)
        context.wire.destroy()
      }
    },
    destroy: () => context.wire.destroy(),
  }
}
