import type { Socket } from 'node:net'
import { openTcp } from './dial'

/** From TEST-NET-1 (RFC 5737): belongs to nobody, and Tor answers a question about an address by itself. */
const QUESTION = '192.0.2.1'
const EXPECTED = [192, 0, 2, 1]
const RESOLVE = 0xf0

/**
 * Whether the SOCKS port there is Tor's and isolates by credentials: it must take user and password (RFC 1929), and know
 * Tor's own RESOLVE command (socks-extensions.txt), which Tor answers for an address without sending anything. An other
 * proxy that happens to listen on Tor's port is so not taken for Tor. Never rejects.
 */
export async function isTor(
  address: { host: string; port: number },
  deadline: AbortSignal,
): Promise<boolean> {
  let socket: Socket | null = null
  try {
    socket = await openTcp(address, deadline)
    const question = Buffer.from(QUESTION)
    // Step by step: whoever is not Tor is not asked further.
    const login = Buffer.concat([
      Buffer.from([1, 5]),
      Buffer.from('probe'),
      Buffer.from([1]),
      Buffer.from('x'),
    ])
    const resolve = Buffer.concat([
      Buffer.from([5, RESOLVE, 0, 3, question.length]),
      question,
      Buffer.from([0, 0]),
    ])
    const dialogue: readonly { words: Buffer; length: number; begins: readonly number[] }[] = [
      { words: Buffer.from([5, 1, 2]), length: 2, begins: [5, 2] },
      { words: login, length: 2, begins: [1, 0] },
      { words: resolve, length: 10, begins: [5, 0, 0, 1, ...EXPECTED] },
    ]
    // Step by step: whoever is not Tor is not asked further.
    for (const { words, length, begins } of dialogue) {
      socket.write(words)
      const answer = await readBytes(socket, length, deadline)
      if (!answer?.subarray(0, begins.length).equals(Buffer.from(begins))) return false
    }
    return true
  } catch {
    return false
  } finally {
    socket?.on('error', () => undefined)
    socket?.destroy()
  }
}

function readBytes(socket: Socket, count: number, deadline: AbortSignal): Promise<Buffer | null> {
  return new Promise(resolve => {
    const look = () => {
      const bytes: Buffer | null = socket.read(count)
      if (bytes !== null) settle(bytes.length === count ? bytes : null)
    }
    const end = () => settle(null)
    const settle = (bytes: Buffer | null) => {
      socket.removeListener('readable', look)
      for (const event of ['end', 'close', 'error']) socket.removeListener(event, end)
      deadline.removeEventListener('abort', end)
      resolve(bytes)
    }
    socket.on('readable', look)
    for (const event of ['end', 'close', 'error']) socket.on(event, end)
    deadline.addEventListener('abort', end)
    if (deadline.aborted) end()
    else look()
  })
}
