import { type AskVault, vaultOver } from '../../shared/ipc/vault/vault-calls'
import { VaultClient, type VaultHost } from '../vault/vault-client'
import type { Vault } from './ports/keys/openpgp'

/** An end of a port of Electron's. */
type DoorPort = Readonly<{
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: Readonly<{ data: unknown }>) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}>

/** A door to the vault's process; the engine cannot end what is behind it. */
const hostOf = (port: DoorPort): VaultHost => ({
  postMessage: message => port.postMessage(message),
  on(event, listener) {
    if (event === 'message') port.on('message', ({ data }) => listener(data))
    if (event === 'exit') port.on('close', () => listener(null))
  },
  ref: () => port.start(),
  unref: () => undefined,
  terminate: async () => port.close(),
})

/** The vault as the engine's process has it: main is not between the two, so it sees neither keys nor what is decrypted. */
export const createVaultLink = (
  port: DoorPort,
  profileId: string,
): Readonly<{ vault: Vault; storeKey: () => Promise<Uint8Array> }> => {
  const client = new VaultClient(() => hostOf(port))
  const ask: AskVault = (name, input, signal) =>
    client.openpgp(profileId, name, input, { signal }) as Promise<never>
  return { vault: vaultOver(ask), storeKey: () => client.deriveStoreKey(profileId) }
}
