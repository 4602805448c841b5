import { afterEach } from 'vitest'
import { SyncProfile } from '../../support/sync-profile'
import { type ScriptedImapServer, startScriptedImapServer } from './scripted-imap-server'

/**
 * Starts scripted servers, each with a profile that has an account on it; all end with the test. `prepare` says what a server
 * holds and how it answers before anybody has met it.
 */
export function serverAndProfile() {
  const started: { server: ScriptedImapServer; profile: SyncProfile }[] = []
  afterEach(async () => {
    for (const { server, profile } of started.splice(0)) {
      await profile.remove()
      await server.stop()
    }
  })
  return async (
    options: Parameters<typeof startScriptedImapServer>[0] = {},
    prepare: (server: ScriptedImapServer) => void = () => {},
  ): Promise<{ server: ScriptedImapServer; profile: SyncProfile }> => {
    const server = await startScriptedImapServer(options)
    prepare(server)
    const both = { server, profile: new SyncProfile({ port: server.port, ca: server.ca }) }
    started.push(both)
    return both
  }
}
