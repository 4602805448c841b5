import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { DavServer } from '../../rig/dav-servers'
import { wireCertificate } from './wire-certificates'

/** A request on its way to the real server. */
export type PassingRequest = Readonly<{
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: Buffer
}>
/** Its answer on the way back. */
export type PassingAnswer = Readonly<{
  status: number
  headers: Readonly<Record<string, string>>
  body: Buffer
}>

type Made = PassingAnswer | PassingRequest | undefined

/** What is done to what passes. */
export type Rewriting = Readonly<{
  /** An answer in place of the server's, another request in place of this one; undefined: as it is. A promise holds it. */
  request?(asked: PassingRequest): Made | Promise<Made>
  answer?(answered: PassingAnswer, asked: PassingRequest): PassingAnswer | undefined
}>

export const says = (status: number, body = '', headers: Record<string, string> = {}): PassingAnswer => ({
  ...{ status, headers, body: Buffer.from(body) },
})

/** A server between Siegel and a real one that loses and lies as it is told. */
export async function startRewritingDav(server: DavServer) {
  const { ca, ...certificate } = await wireCertificate('server')
  let rewriting: Rewriting = {}
  const asked: PassingRequest[] = []
  /** Asks the real server. */
  const pass = (it: PassingRequest): Promise<PassingAnswer> =>
    new Promise((resolve, reject) => {
      const { connection: _connection, 'accept-encoding': _encoding, ...headers } = it.headers
      const there = request(
        {
          ...{ host: 'localhost', port: server.port, path: it.path, method: it.method, ca: server.ca },
          headers: { ...headers, host: `localhost:${server.port}`, 'content-length': String(it.body.length) },
        },
        answer => {
          buffer(answer).then(body => {
            const { 'transfer-encoding': _chunks, connection: _end, ...kept } = answer.headers
            const said = Object.entries(kept).flatMap(([name, value]) =>
              value === undefined ? [] : [[name, String(value)] as const],
            )
            resolve({ status: answer.statusCode ?? 500, headers: Object.fromEntries(said), body })
          }, reject)
        },
      )
      there.on('error', reject)
      there.end(it.body)
    })
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const came: PassingRequest = {
      ...{ method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers },
      body: await buffer(incoming),
    }
    asked.push(came)
    const made = (await rewriting.request?.(came)) ?? came
    const first = 'status' in made ? made : await pass(made)
    const { status, headers, body } = rewriting.answer?.(first, came) ?? first
    outgoing.writeHead(status, { ...headers, 'content-length': String(body.length) })
    outgoing.end(body)
  }
  const listener = createServer(certificate, (incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as AddressInfo
  return {
    ...{ port, asked, ca, pass, url: `https://localhost:${port}/` },
    /** From now on. Without any: honest. */
    rewrite: (next: Rewriting = {}) => {
      rewriting = next
    },
    stop: () =>
      new Promise<void>(resolve => {
        listener.closeAllConnections()
        listener.close(() => resolve())
      }),
  }
}
