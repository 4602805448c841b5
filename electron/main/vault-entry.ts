/**
 * The vault's own process (Electron utilityProcess). Main asks over the process's own line; with a port it sends who else
 * may ask: an engine, or a page that gives a passphrase. The process ends at the lock, and all it knew with it.
 */
import type { MessageEvent, MessagePortMain } from 'electron'
import { z } from 'zod'
import { vaultDoor } from '../../shared/ipc/vault/vault-doors'
import { OsKeychain } from '../keychain/os-keychain'
import { reachKeychain, serveVault, takeSecrets, type VaultPort } from '../vault/vault-service'

reachKeychain(new OsKeychain())

/** Bytes are copied: Electron hands over ports only. */
const portOf = (port: MessagePortMain): VaultPort => ({
  post: message => port.postMessage(message),
  onMessage(listener) {
    port.on('message', ({ data }) => listener(data))
    port.start()
  },
  close: () => port.close(),
})

const doorMessage = z.strictObject({ door: vaultDoor })

const openDoor = (data: unknown, port: MessagePortMain): void => {
  const parsed = doorMessage.safeParse(data)
  if (!parsed.success) {
    port.close()
    return
  }
  const { door } = parsed.data
  if (door.kind === 'secrets') takeSecrets(portOf(port))
  else serveVault(portOf(port), door)
}

const { parentPort } = process
let ask: (message: unknown) => void = () => undefined
serveVault(
  {
    post: message => parentPort.postMessage(message),
    onMessage(listener) {
      ask = listener
    },
    // After the lock nothing keeps this process.
    close: () => process.exit(0),
  },
  { kind: 'host' },
)
parentPort.on('message', ({ data, ports }: MessageEvent) => {
  const [port] = ports
  if (port) openDoor(data, port)
  else ask(data)
})
