import { davServiceOf, isServiceOn, isSwitchedOff } from '../../../../shared/features/accounts/services'
import type { AccountId } from '../../../../shared/kit/ids'
import { SiegelError, toFailure } from '../../../../shared/kit/result'
import type { DavSync } from '../../ports/dav/dav-sync'
import { emptyReport } from './account-pass'
import { DavAccountSync, type DavSyncDeps } from './account-sync'

/** Calendars and address books of all accounts, brought into step. Nothing is dialled before `run` or `start`. */
export function createDavSync(deps: DavSyncDeps): DavSync {
  const { store, kept, board } = deps
  const accounts = new Map<AccountId, DavAccountSync>()
  const accountSync = (id: AccountId): DavAccountSync => {
    const known = accounts.get(id)
    if (known) return known
    const account = store.accounts.get(id)
    if (account === null) throw new SiegelError('not-found', { what: 'account' })
    if (davServiceOf(account) === null) throw new SiegelError('not-found', { what: 'service', name: 'dav' })
    const made = new DavAccountSync(id, deps)
    accounts.set(id, made)
    return made
  }
  const stop = async (id: AccountId): Promise<void> => {
    const account = accounts.get(id)
    accounts.delete(id)
    await account?.stop()
    board.remove(id)
  }
  /** After `stopAll` the store may be closed any moment: nobody begins anything more. */
  let ended = false
  return {
    run: async (accountId, { kinds, removesMany }) => {
      const report = emptyReport()
      const all = store.accounts.list().filter(account => isServiceOn(account, 'dav'))
      // One account that fails does not keep the others from theirs.
      for (const id of accountId === null ? all.map(each => each.id) : [accountId]) {
        try {
          await accountSync(id).runOnce(report, kinds, removesMany)
        } catch (error) {
          report.problems.push({ accountId: id, kind: null, collectionId: null, problem: toFailure(error) })
        }
      }
      return report
    },
    collections: () =>
      store.accounts.list().flatMap(({ id: accountId }) =>
        kept.flatMap(({ kind, collections, nameOf }) =>
          collections.remote(accountId).map(({ id, url, isReadOnly }) => ({
            ...{ collectionId: id, isReadOnly },
            place: { accountId, url, kind, name: nameOf(id) },
          })),
        ),
      ),
    titleOf: (kind, id) => kept.find(each => each.kind === kind)?.titleOf(id) ?? '',
    waitingCount: id => kept.reduce((sum, { collections }) => sum + collections.waitingCount(id), 0),
    forgetAccount: id => {
      for (const { collections } of kept) collections.forgetAccount(id)
      deps.encrypted.forgetAccount(id)
    },
    start: id => {
      if (ended) return
      const account = store.accounts.get(id)
      if (davServiceOf(account) === null) return
      // Ended by another `start`, when it is switched on.
      if (isSwitchedOff(account, 'dav')) board.set(id, { state: 'off' })
      else accountSync(id).start()
    },
    stop,
    stopAll: async () => {
      ended = true
      await Promise.all([...accounts.keys()].map(stop))
    },
    syncNow: id => {
      for (const [each, account] of accounts) if (id === null || id === each) account.syncNow()
    },
    stopPass: id => {
      for (const [each, account] of accounts) if (id === null || id === each) account.stopPass()
    },
    wake: () => {
      for (const account of accounts.values()) account.wake()
    },
    wayOpened: id => accounts.get(id)?.wayOpened(),
    changed: () => {
      for (const account of accounts.values()) account.changed()
    },
  }
}
