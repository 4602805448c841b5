import { isSwitchedOff, xmppServiceOf } from '../../../shared/features/accounts/services'
import type { AccountId } from '../../../shared/kit/ids'
import { bareJid } from '../../../shared/kit/jid'
import { SiegelError } from '../../../shared/kit/result'
import type { XmppControl, XmppHandler } from '../ports/chat/xmpp-session'
import { AccountConnection, type Dial, dialAccount, reportOf, type XmppDeps } from './account-connection'
import { StreamNotOpened } from './open-stream'

/** Until somebody takes in what comes: a connection that is only kept. */
const nobody: XmppHandler = {
  bound: session => session.caughtUp(),
  stanza: async () => undefined,
  request: () => null,
  acked: () => undefined,
  unsent: () => undefined,
  state: () => undefined,
}

/** Chat of all accounts that have it. Nothing is dialled before `start`, `withSession` or a test. */
export function createXmppControl(
  deps: Omit<XmppDeps, 'handler'> &
    Readonly<{ gateFor: (dial: Pick<Dial, 'way' | 'publicOnly'>) => XmppDeps['gate'] }>,
): XmppControl {
  const { store, streams, board } = deps
  const accounts = new Map<AccountId, AccountConnection>()
  let handler: XmppHandler = nobody
  let isClosed = false
  let isActive = true

  const accountFor = (id: AccountId): AccountConnection | null => {
    const service = xmppServiceOf(store.accounts.get(id))
    const jid = service === null ? null : bareJid(service.userName)
    const known = accounts.get(id)
    if (jid === null) return null
    if (known && known.session.bareJid === jid) return known
    const made = new AccountConnection(id, { ...deps, handler: () => handler }, jid)
    made.session.setActive(isActive)
    accounts.set(id, made)
    return made
  }
  const demand = (id: AccountId): AccountConnection => {
    const account = store.accounts.get(id)
    const found = accountFor(id)
    if (found === null) throw new SiegelError('not-found', { what: 'service', name: 'xmpp' })
    if (isSwitchedOff(account, 'xmpp'))
      throw new SiegelError('service-off', { name: account?.config.address ?? '', service: 'xmpp' })
    if (store.settings.get().offline) throw new SiegelError('offline')
    return found
  }
  const stop = async (id: AccountId): Promise<void> => {
    const account = accounts.get(id)
    accounts.delete(id)
    await account?.stop()
    board.remove(id)
  }
  /** Dials once, tells what is there, and leaves. */
  const look = async (dial: Omit<Dial, 'signal' | 'onAuthenticating' | 'lastGood'>) => {
    try {
      const gate = dial.accountId === null ? deps.gateFor(dial) : deps.gate
      const found = await dialAccount(
        { ...deps, gate },
        { ...dial, lastGood: null, signal: new AbortController().signal, onAuthenticating: () => undefined },
      )
      const report = reportOf(found)
      found.stream.wire.finish()
      return report
    } catch (error) {
      throw error instanceof StreamNotOpened ? error.loss.error : error
    }
  }

  return {
    handledBy: given => {
      handler = given
    },
    session: id => accountFor(id)?.session ?? null,
    start: id => {
      if (isClosed) return
      const account = store.accounts.get(id)
      if (xmppServiceOf(account) === null) return
      // Ended by another `start`, when it is switched on.
      if (isSwitchedOff(account, 'xmpp')) board.set(id, { state: 'off' })
      else accountFor(id)?.start()
    },
    stop,
    close: async () => {
      isClosed = true
      await Promise.all([...accounts.keys()].map(stop))
    },
    withSession: async (id, work) => {
      const account = demand(id)
      const isOurs = !account.isRunning
      if (isOurs) account.start()
      try {
        await account.whenBound()
        return await work(account.session)
      } finally {
        if (isOurs) await account.stop()
      }
    },
    syncNow: id => {
      for (const [each, account] of accounts) if (id === null || id === each) account.syncNow()
    },
    wake: () => {
      for (const account of accounts.values()) account.wake()
    },
    setActive: given => {
      isActive = given
      for (const account of accounts.values()) account.session.setActive(given)
    },
    wayOpened: id => accounts.get(id)?.wayOpened(),
    test: async id => {
      demand(id)
      const service = xmppServiceOf(store.accounts.get(id))
      const password = store.accounts.password(id, 'xmpp')
      if (service === null) throw new SiegelError('not-found', { what: 'service', name: 'xmpp' })
      if (password === null) throw new SiegelError('login-refused', { detail: 'no password is stored' })
      return look({
        ...{ service, password, accountId: id, way: {}, publicOnly: false },
        known: { pins: streams.pins(id), userAgentId: streams.userAgent(id), fast: null, resume: null },
      })
    },
    tryOut: async ({ xmpp: service, password, way, publicOnly }) => {
      if (store.settings.get().offline) throw new SiegelError('offline')
      return look({
        ...{ service, password, accountId: null, way, publicOnly },
        known: {
          pins: { scram: false, downgradeHash: false },
          // It belongs to no account yet, so it is of this one sign-in.
          userAgentId: crypto.randomUUID(),
          ...{ fast: null, resume: null },
        },
      })
    },
  }
}
