import { describe, expect, test } from 'vitest'
import { openConnection } from '../../../../../../../electron/engine/store/connection'
import type { TransportLevel } from '../../../../../../../shared/features/network/transport'
import { freshStore, openAt, storeKey } from '../../../store/support'

const last: TransportLevel = {
  domain: 'example.org',
  level: 'dane',
  dropped: false,
  previous: null,
  reasons: ['dane-published'],
  evidence: [{ step: 'mx', subject: 'example.org', dnssec: 'secure', finding: '10 mail.example.org' }],
  checkedAtMs: 1,
  expiresAtMs: 2,
}
const policy = { id: '1', mode: 'enforce', mx: ['*.example.org'], maxAgeSeconds: 3, fetchedAtMs: 4 } as const
const tlsa = {
  host: 'imap.example.org',
  port: 993,
  records: [{ usage: 3, selector: 1, matchingType: 1, data: Uint8Array.from({ length: 32 }, (_, at) => at) }],
  seenAtMs: 5,
}

describe('what is remembered of transport security', () => {
  test('levels, policies, records and servers are there again after a restart', () => {
    const { store, directory } = freshStore()
    store.transport.saveDomain({ domain: 'example.org', locked: 'dane', last, policy })
    store.transport.saveTlsa(tlsa)
    store.transport.setServers([{ kind: 'tcp', host: '192.0.2.1', port: 53 }])
    store.close()
    const { store: again } = openAt(directory)
    expect(again.transport.domain('example.org')).toEqual({
      domain: 'example.org',
      locked: 'dane',
      last,
      policy,
    })
    expect(again.transport.tlsa('imap.example.org', 993)).toEqual(tlsa)
    expect(again.transport.tlsa('imap.example.org', 143)).toBeNull()
    expect(again.transport.servers()).toEqual([{ kind: 'tcp', host: '192.0.2.1', port: 53 }])
    again.transport.forgetTlsa('imap.example.org', 993)
    expect(again.transport.tlsa('imap.example.org', 993)).toBeNull()
    again.close()
  })

  test('a change of a level is told', async () => {
    const { store } = freshStore()
    const told: unknown[] = []
    store.onChange((entity, ids) => void told.push([entity, ids]))
    store.transport.saveDomain({ domain: 'example.org', locked: 'unknown', last: null, policy: null })
    await expect.poll(() => told).toEqual([['transport', ['example.org']]])
  })

  test('servers that cannot be read are nobody, not the servers of the system', () => {
    const { store, directory } = freshStore()
    store.transport.setServers([])
    store.close()
    const connection = openConnection(`${directory}/store.db`, storeKey)
    connection.exec("UPDATE settings SET value = '[{}]' WHERE name = 'dns-servers'")
    connection.close()
    const { store: again } = openAt(directory)
    expect(again.transport.servers()).toBe('unreadable')
    again.close()
  })
})
