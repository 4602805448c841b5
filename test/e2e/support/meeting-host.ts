import { createHash, X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { createTestAuthority, readCertificate } from '../../rig/certificates'

/** What the page of the meeting does: it asks for the next piece of work, does it, and says what came of it. */
const page = `<!doctype html><title>Meeting</title><h1>Meeting</h1><script>
const work = async () => {
  for (;;) {
    const answer = await fetch('/next', { cache: 'no-store' })
    if (answer.status !== 200) continue
    const code = await answer.text()
    let value
    try { value = await (0, eval)('(async () => (' + code + '))()') } catch (error) { value = 'failed: ' + error.name }
    await fetch('/done', { method: 'POST', body: JSON.stringify(value === undefined ? null : value) })
  }
}
work()
</script>`

type Work = Readonly<{ code: string; resolve?: (value: unknown) => void }>

/** A meeting's server on this machine, whose page does what a test says; it counts who connects. */
export type MeetingHost = Readonly<{
  port: number
  /** The base64 SHA-256 of the key of its certificate, as Chromium takes it for \`ignore-certificate-errors-spki-list\`. */
  keyHash: string
  /** Pages that were asked for, with the headers. */
  visits: readonly Readonly<{ path: string; cookie: string; agent: string }>[]
  /** How many connections came. */
  connections(): number
  /** Does something in the page that waits for work, and gives its value. */
  run(code: string): Promise<unknown>
  /** The same where the page may not live to answer. */
  tell(code: string): void
  stop(): void
}>

export async function startMeetingHost(folder: string): Promise<MeetingHost> {
  const authority = await createTestAuthority(folder)
  const certificate = await readCertificate(await authority.certificate('server'))
  const visits: { path: string; cookie: string; agent: string }[] = []
  const sockets = new Set<Duplex>()
  let count = 0
  const queue: Work[] = []
  /** The page that asks for work, and what it was given last. */
  let waiting: ((work: Work) => void) | null = null
  let given: Work | null = null
  const giveNext = () => {
    const next = waiting === null ? undefined : queue.shift()
    if (next === undefined || waiting === null) return
    const give = waiting
    waiting = null
    given = next
    give(next)
  }
  const server = createServer(certificate, (request, response) => {
    const path = request.url ?? ''
    if (path === '/next') {
      const give = ({ code }: Work) => response.end(code)
      waiting = give
      response.once('close', () => {
        if (waiting === give) waiting = null
      })
      giveNext()
      return
    }
    if (path === '/done') {
      let body = ''
      request.on('data', piece => {
        body += String(piece)
      })
      request.on('end', () => {
        response.end()
        given?.resolve?.(JSON.parse(body))
        given = null
      })
      return
    }
    visits.push({
      path,
      cookie: request.headers.cookie ?? '',
      agent: request.headers['user-agent'] ?? '',
    })
    // What the page before was asked and did not answer is for this one.
    if (path.startsWith('/room')) {
      waiting = null
      if (given?.resolve !== undefined) queue.unshift(given)
      given = null
    }
    if (path.startsWith('/elsewhere?'))
      return void response.writeHead(302, { location: decodeURIComponent(path.slice(11)) }).end()
    if (path === '/file')
      return void response.writeHead(200, { 'content-disposition': 'attachment; filename=x.txt' }).end('x')
    response.writeHead(200, { 'content-type': 'text/html' }).end(page)
  })
  server.on('connection', socket => {
    count += 1
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const key = new X509Certificate(certificate.cert).publicKey.export({ type: 'spki', format: 'der' })
  return {
    port: (server.address() as AddressInfo).port,
    keyHash: createHash('sha256').update(key).digest('base64'),
    visits,
    connections: () => count,
    run: code =>
      new Promise(resolve => {
        queue.push({ code, resolve })
        giveNext()
      }),
    tell(code) {
      queue.push({ code })
      giveNext()
    },
    stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
