/** The vault in a worker thread, for the command line: it ends with the program that started it. */
import { parentPort } from 'node:worker_threads'
import { serveVault } from './vault-service'

if (parentPort) {
  const port = parentPort
  serveVault(
    {
      post: (message, transfer) => port.postMessage(message, [...transfer]),
      onMessage: listener => port.on('message', listener),
      close: () => port.close(),
    },
    { kind: 'host' },
  )
}
