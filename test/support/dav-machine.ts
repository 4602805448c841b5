import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDavClient, type DavClient } from '../../electron/engine/dav/client'
import { createDavSession } from '../../electron/engine/dav/session'
import type { AccountId } from '../../shared/kit/ids'
import type { DavServer } from '../rig/dav-servers'
import { testGate } from '../wire/gate/gate-places'
import { openTestEngine, type TestEngine } from './engine-in-test'

/** One of a person's machines, with an account at a DAV server. */
export type DavMachine = Readonly<{
  engine: TestEngine
  accountId: AccountId
  close(): Promise<void>
}>

/** The real engine with an account of DAV alone, that goes direct. */
export async function openDavMachine(
  server: DavServer,
  options: Parameters<typeof openTestEngine>[1] & { password?: string } = {},
): Promise<DavMachine> {
  const directory = mkdtempSync(join(tmpdir(), 'siegel-dav-'))
  const engine = await openTestEngine(directory, options)
  const { id: accountId } = await engine.call('accounts.add', {
    config: {
      address: 'alice@rig.test',
      displayName: 'Home',
      services: { dav: { url: server.url, userName: server.userName, caPem: server.ca } },
    },
    password: options.password ?? server.password,
    route: { kind: 'direct' },
  })
  return {
    engine,
    accountId,
    close: async () => {
      await engine.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** A second client, to see what a server has. */
export function davClientOf(server: DavServer): { client: DavClient; close: () => void } {
  const { gate } = testGate()
  const accountId = '0123456789abcdef0123456789abcdef' as AccountId
  const login = { userName: server.userName, password: server.password }
  return {
    client: createDavClient(createDavSession({ gate, asker: { accountId }, caPem: server.ca, login })),
    close: () => gate.closeAll(null),
  }
}
