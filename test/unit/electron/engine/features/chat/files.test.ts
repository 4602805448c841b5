import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore, type WholeStore } from '../../../../../../electron/engine/compose/open-store'
import { createFiles } from '../../../../../../electron/engine/features/chat/connection/files/files'
import { Link } from '../../../../../../electron/engine/features/chat/connection/link'
import {
  createFileKey,
  encryptFile,
  openFile,
} from '../../../../../../electron/engine/formats/omemo/file/cipher'
import { readFileLink, writeFileLink } from '../../../../../../electron/engine/formats/omemo/file/link'
import { el } from '../../../../../../electron/engine/ports/chat/element'
import type { XmppSession } from '../../../../../../electron/engine/ports/chat/xmpp-session'
import type { HttpAnswer, HttpOptions, HttpRequest } from '../../../../../../electron/engine/ports/net/http'
import { sql } from '../../../../../../electron/engine/store/sql'
import { systemClock, systemRandom } from '../../../../../../electron/engine/system'
import type { ChatMessageId } from '../../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { silentLog } from '../../../../../support/engine-in-test'

const upload = 'urn:xmpp:http:upload:0'
const me = 'me@rig.test'

let directory: string
let store: WholeStore
let accountId: AccountId
let link: Link
let asked: HttpRequest[]
let bodies: Buffer[]
let slots: { put: string; get: string; headers?: Record<string, string> }[]
let answers: ((request: HttpRequest, options: HttpOptions) => Promise<HttpAnswer>)[]
let files: ReturnType<typeof createFiles>

const answer = (
  status: number,
  body: Uint8Array | AsyncIterable<Uint8Array> = new Uint8Array(),
  headers: Record<string, string> = {},
): HttpAnswer => ({
  ...{ status, headers: new Map(Object.entries(headers)) },
  body:
    body instanceof Uint8Array
      ? (async function* () {
          yield body
        })()
      : body,
  read: () => Promise.reject(new Error('not asked')),
  discard: () => undefined,
})
const cut = async function* (bytes: Uint8Array) {
  yield bytes
  throw new SiegelError('connection-lost', { detail: 'cut' })
}
const sealed = async (content: Buffer) => {
  const key = createFileKey()
  async function* whole() {
    yield content
  }
  const pieces: Uint8Array[] = []
  for await (const piece of encryptFile(whole(), key)) pieces.push(piece)
  return { bytes: Buffer.concat(pieces), url: writeFileLink({ url: 'https://files.example/a.bin', ...key }) }
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'siegel-files-'))
  store = openStore({
    ...{ directory, key: randomBytes(32), clock: systemClock, random: systemRandom, log: silentLog },
  }).store
  accountId = store.accounts.add({
    config: {
      ...{ address: me, displayName: '' },
      services: {
        xmpp: { userName: me, caPem: null, server: { host: 'home.lan', port: 5223, security: 'tls' } },
      },
    },
    ...{ sample: false, password: 'x' },
  }).id
  asked = []
  bodies = []
  slots = []
  answers = []
  link = new Link({
    ...{ accountId, bareJid: me },
    iq: async () => {
      const { put, get, headers = {} } = slots.shift()!
      const said = Object.entries(headers).map(([name, value]) => el('header', upload, { name }, value))
      return el(
        'iq',
        'jabber:client',
        {},
        el('slot', upload, {}, el('put', upload, { url: put }, ...said), el('get', upload, { url: get })),
      )
    },
  } as unknown as XmppSession)
  link.bound = {
    ...{ resumed: false, jid: `${me}/here`, archiveEdge: null, maxStanzaBytes: 100_000 },
    offers: new Set(),
    features: { server: new Set(), account: new Set() },
  }
  link.isCaughtUp = true
  link.uploadPlace = { jid: 'upload.rig.test', largestBytes: 1_000_000 }
  files = createFiles(
    {
      ...{ store, xmpp: {} as never, vault: { omemo: {} as never } },
      clock: { now: systemClock.now, sleep: () => Promise.resolve() },
      ...{ random: systemRandom, log: silentLog, readXml: () => null },
      settingsOf: () => ({
        ...{ receipts: true, markers: true, typing: true, toStrangers: false },
        ...{ encryptByDefault: true, undoSeconds: 0 },
      }),
    },
    {
      gate: {
        http: async (request, options) => {
          asked.push(request)
          if (request.body !== undefined && !(request.body instanceof Uint8Array)) {
            const pieces: Buffer[] = []
            for await (const piece of request.body.open() as Readable) pieces.push(Buffer.from(piece))
            bodies.push(Buffer.concat(pieces))
          }
          return answers.shift()!(request, options)
        },
      },
      permitDuring: (_requests, work) => work(),
      isPublicHost: host => host.endsWith('.example'),
      ownHostOf: () => 'home.lan',
      caOf: () => null,
    },
  )
})
afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

const conversation = (mode: 'encrypted' | 'clear') =>
  store.chat.conversations.ensure(accountId, 'eva@rig.test', 'person', { isRequest: false, mode })!.id
const written = (bytes: Uint8Array, mode: 'encrypted' | 'clear' = 'encrypted'): ChatMessageId =>
  store.chat.outgoing.write({
    ...{
      conversation: conversation(mode),
      own: me,
      stanza: `s${Math.trunc(performance.now() * 1e6)}`,
      text: '',
    },
    saying: { kind: 'text', text: '', reply: null, isFile: true },
    ...{ inClear: false, undoUntilMs: 0, isEncrypted: mode === 'encrypted' },
    file: { name: 'plan.txt', type: 'text/plain', bytes },
  })
/** A file that somebody else sent. */
const received = (url: string): ChatMessageId => {
  const id = written(new Uint8Array(), 'clear')
  store.chat.intake.write(db => {
    db.run(
      sql`UPDATE chat_files SET state = ${'there'}, url = ${url}, bytes = NULL, size = NULL, is_encrypted = ${url.startsWith('aesgcm') ? 1 : 0} WHERE message = ${id}`,
    )
  })
  return id
}
const stateOf = (id: ChatMessageId) => store.chat.messages.file(id, 0)!.state
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof SiegelError ? error.code : String(error)),
  )

describe('a file that is sent', () => {
  test('is sealed under a key of its own for each try, and its message leaves with the address of the try that worked', async () => {
    const id = written(Buffer.from('what is in it'))
    slots = [1, 2].map(n => ({ put: `https://up.example/${n}`, get: `https://files.example/${n}` }))
    answers = [
      () => Promise.reject(new SiegelError('connection-lost', { detail: 'cut' })),
      () => Promise.resolve(answer(201)),
    ]
    expect(await files.send(link)).toBe(true)
    expect(asked.map(({ path, method }) => [method, path])).toEqual([
      ['PUT', '/1'],
      ['PUT', '/2'],
    ])
    expect(bodies[0]!.equals(bodies[1]!)).toBe(false)
    const row = store.chat.outgoing.ofMessage(id)!
    expect(row.state).toBe('held')
    const found = readFileLink((JSON.parse(row.content) as { text: string }).text)!
    expect(found.url).toBe('https://files.example/2')
    const opening = openFile(found)
    expect(Buffer.from(opening.update(bodies[1]!)).toString()).toBe('what is in it')
    expect(opening.isWhole()).toBe(true)
  })

  test('goes without a lock only where the conversation has none', async () => {
    written(Buffer.from('open'), 'clear')
    slots = [{ put: 'https://up.example/1', get: 'https://files.example/1' }]
    answers = [() => Promise.resolve(answer(200))]
    await files.send(link)
    expect(bodies[0]!.toString()).toBe('open')
  })

  test.each([
    ['http', { put: 'http://up.example/1', get: 'https://files.example/1' }],
    ['a private place', { put: 'https://10.0.0.1/1', get: 'https://files.example/1' }],
    ['a private place to fetch from', { put: 'https://up.example/1', get: 'https://router.local/1' }],
    ['a name and password', { put: 'https://me:pw@up.example/1', get: 'https://files.example/1' }],
    ['nothing', { put: '', get: '' }],
  ])(
    'is put nowhere where a slot names %s; it stays in sight as failed, and is tried again under a new slot',
    async (_what, slot) => {
      const id = written(Buffer.from('mine'))
      slots = [slot]
      await files.send(link)
      expect(asked).toEqual([])
      expect(JSON.parse(store.chat.messages.require(id).failure!)).toMatchObject({ cause: 'upload-place' })
      store.chat.outgoing.again(id, JSON.parse(store.chat.outgoing.ofMessage(id)!.content), false)
      expect(store.chat.messages.require(id)).toMatchObject({ state: 'queued', waits: 'upload' })
      slots = [{ put: 'https://up.example/1', get: 'https://files.example/1' }]
      answers = [() => Promise.resolve(answer(201))]
      expect(await files.send(link)).toBe(true)
    },
  )

  test('says no header of the server but the three that it may ask for, on one line each', async () => {
    written(Buffer.from('mine'))
    const headers = { Authorization: 'a\r\nX-Evil: 1', Host: 'evil.example', 'X-Other': '1', Cookie: 'c' }
    slots = [{ put: 'https://up.example/1', get: 'https://files.example/1', headers }]
    answers = [() => Promise.resolve(answer(201))]
    await files.send(link)
    expect(asked[0]!.headers).toEqual({
      ...{ 'Content-Type': 'application/octet-stream', Authorization: 'aX-Evil: 1', Cookie: 'c' },
    })
  })

  test.each([
    [413, 'file-refused'],
    [500, 'file-refused'],
  ])('that the server refuses with %i stays in sight with its cause', async (status, cause) => {
    const id = written(Buffer.from('mine'))
    slots = [{ put: 'https://up.example/1', get: 'https://files.example/1' }]
    answers = [() => Promise.resolve(answer(status))]
    expect(await files.send(link)).toBe(false)
    expect(store.chat.messages.require(id).state).toBe('failed')
    expect(JSON.parse(store.chat.messages.require(id).failure!)).toEqual({ cause, detail: String(status) })
  })

  test('is stopped by a person, waits without a stream, and fails after three broken connections', async () => {
    const stopped = written(Buffer.from('mine'))
    slots = Array.from({ length: 5 }, (_, n) => ({
      put: `https://up.example/${n}`,
      get: 'https://files.example/1',
    }))
    answers = [
      (_request, { signal }) => {
        files.stop(stopped, 0)
        return Promise.reject(new SiegelError(signal?.aborted === true ? 'cancelled' : 'offline'))
      },
    ]
    await files.send(link)
    expect(JSON.parse(store.chat.messages.require(stopped).failure!)).toEqual({
      cause: 'stopped',
      detail: '',
    })
    const waiting = written(Buffer.from('later'))
    const { bound } = link
    answers = [
      () => {
        link.bound = null
        return Promise.reject(new SiegelError('connection-lost', { detail: 'cut' }))
      },
      ...[1, 2, 3].map(() => () => Promise.reject(new SiegelError('connection-lost', { detail: 'cut' }))),
    ]
    await files.send(link)
    expect(store.chat.messages.require(waiting)).toMatchObject({ state: 'queued', waits: 'upload' })
    link.bound = bound
    await files.send(link)
    expect(JSON.parse(store.chat.messages.require(waiting).failure!)).toMatchObject({
      cause: 'upload-broken',
    })
    expect(answers).toEqual([])
  })

  test('waits for the next start where the program ends meanwhile', async () => {
    const id = written(Buffer.from('mine'))
    slots = [{ put: 'https://up.example/1', get: 'https://files.example/1' }]
    let ended: Promise<void> = Promise.resolve()
    answers = [
      () => {
        ended = files.close()
        return Promise.reject(new SiegelError('cancelled'))
      },
    ]
    await files.send(link)
    await ended
    expect(store.chat.messages.require(id)).toMatchObject({ state: 'queued', waits: 'upload' })
  })

  test('that was taken back while it was sent is told to nobody', async () => {
    const id = written(Buffer.from('mine'))
    slots = [{ put: 'https://up.example/1', get: 'https://files.example/1' }]
    answers = [
      () => {
        expect(store.chat.outgoing.takeBack(id)).toBe('')
        return Promise.resolve(answer(201))
      },
    ]
    await files.send(link)
    expect(store.chat.messages.get(id)).toBeNull()
    expect(store.chat.outgoing.waiting(accountId)).toEqual([])
  })
})

describe('a file that is fetched', () => {
  const content = randomBytes(50_000)

  test('goes on where it broke off, and asks for nothing twice', async () => {
    const { bytes, url } = await sealed(content)
    const id = received(url)
    answers = [
      () => Promise.resolve(answer(200, cut(bytes.subarray(0, 20_000)))),
      () =>
        Promise.resolve(
          answer(206, bytes.subarray(20_000), {
            'content-range': `bytes 20000-${bytes.length - 1}/${bytes.length}`,
          }),
        ),
    ]
    expect(await code(files.fetch(accountId, id, 0))).toBe('connection-lost')
    expect(stateOf(id)).toBe('there')
    const [one, other] = await Promise.all([files.fetch(accountId, id, 0), files.fetch(accountId, id, 0)])
    expect(content.equals(one.bytes)).toBe(true)
    expect(other).toBe(one)
    expect(asked.map(({ headers }) => headers?.['Range'])).toEqual([undefined, 'bytes=20000-'])
    expect(stateOf(id)).toBe('here')
    expect(content.equals((await files.fetch(accountId, id, 0)).bytes)).toBe(true)
  })

  test.each([
    ['the whole instead of the rest', (bytes: Buffer) => [answer(200, bytes)]],
    [
      'another rest than was asked for, and then the whole',
      (bytes: Buffer) => [
        answer(206, bytes.subarray(10_000), {
          'content-range': `bytes 20000-${bytes.length - 1}/${bytes.length}`,
        }),
        answer(200, bytes),
      ],
    ],
    ['that there is no rest, and then the whole', (bytes: Buffer) => [answer(416), answer(200, bytes)]],
  ])('is whole where the server answers %s', async (_what, later) => {
    const { bytes, url } = await sealed(content)
    const id = received(url)
    const all = [answer(200, cut(bytes.subarray(0, 20_000))), ...later(bytes)]
    answers = all.map(each => () => Promise.resolve(each))
    await code(files.fetch(accountId, id, 0))
    expect(content.equals((await files.fetch(accountId, id, 0)).bytes)).toBe(true)
  })

  test('is shown to nobody where its seal does not fit, and not fetched again', async () => {
    const { bytes, url } = await sealed(content)
    bytes.writeUInt8(bytes.readUInt8(9) ^ 1, 9)
    const id = received(url)
    answers = [() => Promise.resolve(answer(200, bytes))]
    expect(await code(files.fetch(accountId, id, 0))).toBe('chat-file-changed')
    expect(stateOf(id)).toBe('refused')
    expect(store.chat.messages.filePart(store.chat.messages.file(id, 0)!.id)).toBeNull()
  })

  test('without a seal begins anew: nothing proves that two halves belong together', async () => {
    const id = received('https://files.example/plain.txt')
    answers = [
      () => Promise.resolve(answer(200, cut(content.subarray(0, 20_000)))),
      () => Promise.resolve(answer(200, content)),
    ]
    await code(files.fetch(accountId, id, 0))
    await files.fetch(accountId, id, 0)
    expect(asked.map(({ headers }) => headers?.['Range'])).toEqual([undefined, undefined])
  })

  test.each([
    ['https://192.168.1.1/a.png', 'chat-file-place', 'refused'],
    ['https://router.lan/a.png', 'chat-file-place', 'refused'],
    ['http://files.example/a.png', 'chat-file-place', 'refused'],
    ['https://a:b@files.example/a.png', 'chat-file-place', 'refused'],
    ['aesgcm://10.0.0.1/a.png#00', 'chat-file-place', 'refused'],
  ])('is not asked for at %s', async (url, wanted, state) => {
    const id = received(url)
    expect(await code(files.fetch(accountId, id, 0))).toBe(wanted)
    expect(stateOf(id)).toBe(state)
    expect(asked).toEqual([])
  })

  test('is asked for in a private network only at the host that a person named as the own server', async () => {
    const id = received('https://home.lan:5281/a.txt')
    answers = [() => Promise.resolve(answer(200, content))]
    await files.fetch(accountId, id, 0)
    expect(asked[0]).toMatchObject({ host: 'home.lan', port: 5281 })
    expect(asked[0]).not.toHaveProperty('publicOnly')
    const other = received('https://files.example/a.txt')
    answers = [() => Promise.resolve(answer(200, content))]
    await files.fetch(accountId, other, 0)
    expect(asked[1]).toMatchObject({ publicOnly: true })
  })

  test.each([
    [302, 'chat-file-place', 'refused'],
    [404, 'server-refused', 'gone'],
    [410, 'server-refused', 'gone'],
    [500, 'server-refused', 'there'],
    [206, 'server-refused', 'there'],
  ])('that the server answers with %i is %s', async (status, wanted, state) => {
    const id = received('https://files.example/a.txt')
    answers = [() => Promise.resolve(answer(status, content))]
    expect(await code(files.fetch(accountId, id, 0))).toBe(wanted)
    expect(stateOf(id)).toBe(state)
  })
})
