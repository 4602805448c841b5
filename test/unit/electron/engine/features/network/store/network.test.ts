import { describe, expect, test } from 'vitest'
import { openConnection } from '../../../../../../../electron/engine/store/connection'
import { defaultTorSettings } from '../../../../../../../shared/features/network/model'
import { freshStore, openAt, seedAccount, storeKey } from '../../../store/support'

/** Changes the stored text behind the store's back, as damage or a foreign hand would. */
function spoil(directory: string, statement: string): void {
  const connection = openConnection(`${directory}/store.db`, storeKey)
  connection.exec(statement)
  connection.close()
}

describe('ways out of this machine', () => {
  test('a route and the settings of Tor are there again after a restart', () => {
    const { store, directory } = freshStore()
    const { accountId } = seedAccount(store)
    expect(store.network.route(accountId, 'mail')).toEqual({ kind: 'direct' })
    store.network.setRoute(accountId, 'mail', { kind: 'tor' })
    store.network.setTor({ forEverything: true, address: { host: '127.0.0.1', port: 9150 } })
    store.close()
    const again = openAt(directory).store
    expect(again.network.route(accountId, 'mail')).toEqual({ kind: 'tor' })
    expect(again.network.tor()).toEqual({
      ...defaultTorSettings,
      forEverything: true,
      address: { host: '127.0.0.1', port: 9150 },
    })
    again.close()
  })

  test('a route that cannot be read is no route, and Tor settings that cannot be read mean Tor for everything', () => {
    const { store, directory } = freshStore()
    const { accountId } = seedAccount(store)
    store.network.setTor({ forEverything: false })
    store.close()
    spoil(
      directory,
      `UPDATE accounts SET route = '{"mail":{"kind":"carrier-pigeon"}}'; UPDATE settings SET value = '[' WHERE name = 'tor'`,
    )
    const again = openAt(directory).store
    expect(again.network.route(accountId, 'mail')).toBeNull()
    expect(again.network.tor().forEverything).toBe(true)
    again.close()
  })

  test('the page cannot reach them through the general settings', () => {
    const { store } = freshStore()
    store.network.setTor({ forEverything: true })
    store.settings.set({ tor: { forEverything: false } } as never)
    expect(store.network.tor().forEverything).toBe(true)
    expect(store.settings.get()).not.toHaveProperty('tor')
  })
})
