import { connect, type Socket } from 'node:net'

/**
 * Delivers by LMTP (RFC 2033), as a mail server would: Dovecot puts Return-Path, Delivered-To and Received in front.
 * Throws with the server's own words when it refuses.
 */
export async function deliverByLmtp(port: number, address: string, message: Buffer): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port })
  const replies = replyReader(socket)
  const expect = async (code: string) => {
    const reply = await replies.next()
    if (reply.done || !reply.value.startsWith(code))
      throw new Error(`LMTP: ${reply.value ?? 'connection closed'}`)
  }
  try {
    await expect('220')
    for (const [command, code] of [
      ['LHLO rig.test', '250'],
      ['MAIL FROM:<sender@rig.test>', '250'],
      [`RCPT TO:<${address}>`, '250'],
      ['DATA', '354'],
    ] as const) {
      socket.write(`${command}\r\n`)
      await expect(code)
    }
    socket.write(dotStuffed(message))
    await expect('250')
    socket.write('QUIT\r\n')
  } finally {
    socket.end()
  }
}

/** Message bytes as they follow DATA: CRLF line ends, leading dots doubled, the closing dot (RFC 5321 section 4.5.2). */
function dotStuffed(message: Buffer): Buffer {
  const text = message.toString('latin1').replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..')
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1')
}

async function* replyReader(socket: Socket): AsyncGenerator<string, undefined> {
  let buffered = ''
  let reply = ''
  for await (const chunk of socket) {
    buffered += String(chunk)
    for (let end = buffered.indexOf('\r\n'); end >= 0; end = buffered.indexOf('\r\n')) {
      const line = buffered.slice(0, end)
      buffered = buffered.slice(end + 2)
      reply += `${line}\n`
      if (line[3] !== '-') {
        yield reply.trim()
        reply = ''
      }
    }
  }
}
