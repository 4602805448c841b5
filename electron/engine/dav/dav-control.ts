import { davServiceOf, isSwitchedOff } from '../../../shared/features/accounts/services'
import type { AccountId } from '../../../shared/kit/ids'
import { SiegelError } from '../../../shared/kit/result'
import type { DavControl } from '../ports/dav/dav-control'
import type { NetworkGate, WayForSetUp } from '../ports/net/gate'
import type { GateRequest } from '../ports/net/gate-request'
import type { Store } from '../ports/store'
import { createDavClient } from './client'
import { findDavCollections } from './discovery/find-collections'
import { findDavPlaces } from './discovery/find-places'
import { hrefKey } from './href'
import { knownFailures } from './refusal'
import { askFreeBusy } from './schedule'
import { createDavSession, type DavAccess, hostOf, portOf } from './session'
import { fetchAlone } from './sync/fetch-objects'
import { pullCollection } from './sync/pull'
import { writeObject } from './sync/write'
import { withCodec } from './with-codec'

type Deps = Readonly<{
  store: Pick<Store, 'accounts' | 'settings'>
  gate: NetworkGate
  permitDuring: <T>(requests: readonly GateRequest[], work: () => Promise<T>) => Promise<T>
  /** The gate for a set-up. */
  gateFor: (way: WayForSetUp, publicOnly: boolean) => NetworkGate
  txt: (name: string, way: WayForSetUp) => Promise<readonly string[]>
}>

/** DAV for the accounts that have it. */
export function createDavControl({ store, gate, permitDuring, gateFor, txt }: Deps): DavControl {
  const accessOf = (accountId: AccountId): Readonly<{ access: DavAccess; url: string }> => {
    const account = store.accounts.get(accountId)
    const dav = davServiceOf(account)
    if (dav === null) throw new SiegelError('not-found', { what: 'service', name: 'dav' })
    if (isSwitchedOff(account, 'dav'))
      throw new SiegelError('service-off', { name: account?.config.address ?? '', service: 'dav' })
    if (store.settings.get().offline) throw new SiegelError('offline')
    const password = store.accounts.password(accountId, 'dav')
    if (password === null) throw new SiegelError('login-refused', { detail: 'no password is stored' })
    const login = { userName: dav.userName, password }
    return {
      access: { gate, asker: { accountId, service: 'dav' }, caPem: dav.caPem, login, permitDuring },
      url: dav.url,
    }
  }
  return {
    spelling: (href, base) => {
      const url = URL.parse(base)
      return (url && hrefKey(href, url)) ?? href
    },
    find: (place, way, publicOnly) =>
      findDavPlaces({ gate: gateFor(way, publicOnly), permitDuring, way, txt }, place),
    tryOut: ({ dav: { url, userName, caPem }, password, way, publicOnly }) => {
      if (store.settings.get().offline) throw new SiegelError('offline')
      const place = new URL(url)
      const asker = { accountId: null, ...way }
      const gate = gateFor(way, publicOnly)
      const access: DavAccess = { gate, asker, caPem, login: { userName, password }, permitDuring }
      const request: GateRequest = { ...asker, purpose: 'dav', host: hostOf(place), port: portOf(place) }
      return permitDuring([request], () => withHint(() => findDavCollections(access, url)))
    },
    collections: async accountId => {
      const { access, url } = accessOf(accountId)
      return withHint(() => findDavCollections(access, url))
    },
    freeBusy: async (accountId, request) => {
      const { access, url } = accessOf(accountId)
      return withHint(() => askFreeBusy(access, url, request))
    },
    open: (accountId, url, kind, codec) => {
      const { access } = accessOf(accountId)
      const collection = new URL(url)
      const plain = createDavClient(createDavSession(access))
      const client = codec ? withCodec(plain, collection, codec) : plain
      // A collection may lie on another host of the server's domain, as discovery found it.
      const place: GateRequest = {
        ...access.asker,
        purpose: 'dav',
        host: hostOf(collection),
        port: portOf(collection),
      }
      return {
        pull: (objects, { uidOf, ...options }) =>
          permitDuring([place], () =>
            withHint(() =>
              pullCollection({ client, store: objects, uidOf }, { collection, kind, ...options }),
            ),
          ),
        write: write =>
          permitDuring([place], () => withHint(() => writeObject({ client, collection, kind }, write))),
        fetch: href =>
          permitDuring([place], () =>
            withHint(() =>
              knownFailures(async () => {
                const key = hrefKey(href, collection) ?? href
                const fetched = await fetchAlone(client, collection, href, key)
                if (fetched.kind === 'unread')
                  throw new SiegelError('protocol-violation', { host: collection.hostname, detail: key })
                return fetched.kind === 'here' ? fetched.copy : null
              }),
            ),
          ),
      }
    },
  }
}

/** A bare 401 says no more; what is behind it most often is the password for mail. */
async function withHint<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SiegelError) || error.code !== 'login-refused') throw error
    const host = String(error.params['host'] ?? '')
    const hint = /(^|\.)mailbox\.org$/i.test(host)
      ? 'mailbox.org takes an app password for calendars and contacts that is another one than that for mail'
      : 'calendars and contacts often have a password of their own'
    const detail = [error.params['detail'], hint].filter(Boolean).join('; ')
    const port = Number(error.params['port'] ?? 443)
    throw new SiegelError('login-refused', { host, port, detail }, { cause: error })
  }
}
