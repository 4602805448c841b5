import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ProsodyServer } from '../rig/prosody-server'
import { until } from './until'

const program = fileURLToPath(new URL('slixmpp-peer.py', import.meta.url))

/** What came: a text, an empty message of keys, or what was refused. */
type Heard = Readonly<{
  event: 'text' | 'empty' | 'refused'
  from: string
  text?: string
  error?: string
  room?: boolean
}>

/** A whole client of slixmpp and python-omemo, which knows one version of OMEMO alone. */
export async function startSlixmppPeer(
  server: ProsodyServer,
  version: 'omemo' | 'omemo2',
  name: string,
): Promise<{
  jid: string
  heard: readonly Heard[]
  /** Waits for a text. */
  hears(text: string): Promise<void>
  send(people: readonly string[], text: string, room?: string): Promise<void>
  /** Names a device without keys and one with a forged signature beside its own. */
  plant(silent: number, forged: number): Promise<void>
  join(room: string): Promise<void>
  fetch(url: string): Promise<string>
  close(): Promise<void>
}> {
  const jid = `${name}@rig.test`
  const given = [program, version, jid, `${name}-pw`, String(server.tlsPort), server.caFile]
  // Debian's own Python: it has the libraries.
  const child = spawn('/usr/bin/python3', given, { stdio: ['pipe', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (bytes: Buffer) => {
    complaint = `${complaint}${bytes.toString()}`.slice(-4_000)
  })
  const heard: Heard[] = []
  const answers: Record<string, unknown>[] = []
  let [isReady, isOver] = [false, false]
  createInterface({ input: child.stdout }).on('line', line => {
    const said = JSON.parse(line) as { event: string }
    if (said.event === 'ready') isReady = true
    else if (said.event === 'answer') answers.push(said)
    else heard.push(said as Heard)
  })
  child.once('exit', () => {
    isOver = true
  })
  const wait = (condition: () => boolean, what: string) =>
    until(() => {
      if (isOver) throw new Error(`the peer ended: ${complaint}`)
      return condition()
    }, what).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${JSON.stringify(heard)} ${complaint}`)
    })
  const ask = async (said: object): Promise<Record<string, unknown>> => {
    child.stdin.write(`${JSON.stringify(said)}\n`)
    await wait(() => answers.length > 0, `${jid} answers`)
    const answer = answers.shift() ?? {}
    if (answer['error'] !== undefined) throw new Error(`${jid}: ${String(answer['error'])}`)
    return answer
  }
  await wait(() => isReady, `${jid} is there`)
  return {
    ...{ jid, heard },
    hears: text => wait(() => heard.some(each => each.text === text), `${jid} has "${text}"`),
    send: async (people, text, room) => {
      const answer = await ask({ do: 'send_text', people, text, room })
      if (answer['sent'] !== 1) throw new Error(`${jid} sent nothing: ${JSON.stringify(answer)}`)
    },
    plant: async (silent, forged) => {
      await ask({ do: 'plant', silent, forged })
    },
    join: async room => {
      await ask({ do: 'join', room, nick: name })
    },
    fetch: async url => {
      const place = ['upload.rig.test', `localhost:${server.httpsPort}`]
      return String((await ask({ do: 'fetch', url, place }))['text'])
    },
    close: () =>
      new Promise(resolve => {
        if (isOver) resolve()
        child.once('exit', () => resolve())
        child.stdin.end()
        child.kill()
      }),
  }
}
