import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** A name server on this machine that knows nothing, and remembers what it was asked. */
export type NameServer = Readonly<{ port: number; asked: readonly string[]; stop(): Promise<void> }>

/** The name of the first question (RFC 1035 §4.1.2); questions hold no compressed names. */
function nameIn(message: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 }
}

/** Answers "no such name" over TCP (RFC 1035 §4.2.2). */
export async function startNameServer(): Promise<NameServer> {
  const asked: string[] = []
  const server = createServer(socket => {
    let waiting = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', data => {
      waiting = Buffer.concat([waiting, data])
      while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
        const length = waiting.readUInt16BE(0)
        const question = waiting.subarray(2, 2 + length)
        waiting = waiting.subarray(2 + length)
        const { name, end } = nameIn(question)
        asked.push(name)
        const answer = Buffer.alloc(2 + end)
        answer.writeUInt16BE(end, 0)
        question.copy(answer, 2, 0, end)
        answer.writeUInt16BE(0x81_83, 4)
        answer.fill(0, 8, 14)
        socket.write(answer)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async stop() {
      server.close()
      await once(server, 'close')
    },
  }
}
