import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DnsTree, startDnsTree } from '../../rig/dns-tree'
import { openTestEngine } from '../../support/engine-in-test'

let tree: DnsTree
const folder = mkdtempSync(join(tmpdir(), 'sg-'))
beforeAll(async () => {
  tree = await startDnsTree()
})
afterAll(async () => {
  await tree?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('levels are asked for by address, remembered over a restart, and switched off with one setting', async () => {
  const changed: string[] = []
  const open = () =>
    openTestEngine(folder, {
      tests: { dnsAnchors: [tree.anchor] },
      emit: (name, payload) => {
        if (name === 'changed' && 'entity' in payload) changed.push(payload.entity)
      },
    })
  const first = await open()
  await first.call('transport.setServers', {
    servers: [{ kind: 'tcp', host: '127.0.0.1', port: tree.knotPort }],
  })
  const ask = { addresses: ['a@good.test', 'b@GOOD.test', 'c@bogus.test'], accountId: null }
  const levels = await first.call('transport.levels', ask)
  expect(levels.map(({ address, domain, level }) => [address, domain, level])).toEqual([
    ['a@good.test', 'good.test', 'dane'],
    ['b@GOOD.test', 'good.test', 'dane'],
    ['c@bogus.test', 'bogus.test', 'none'],
  ])
  expect(changed).toContain('transport')
  const places = (await first.call('net.connections', {})).map(({ purpose, host, state }) => [
    purpose,
    host,
    state,
  ])
  expect(places).toEqual([['dns', '127.0.0.1', 'open']])
  await first.close()

  const second = await open()
  expect(await second.call('transport.levels', ask)).toEqual(levels)
  await second.call('settings.set', { lookups: false })
  const off = await second.call('transport.levels', {
    addresses: ['a@good.test', 'd@ed.test'],
    accountId: null,
  })
  expect(off.map(({ level, reasons, previous }) => [level, reasons.join(), previous])).toEqual([
    ['unknown', 'lookups-off', 'dane'],
    ['unknown', 'lookups-off', null],
  ])
  expect(await second.call('net.connections', {})).toEqual([])
  await second.close()
})
