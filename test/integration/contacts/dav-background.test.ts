import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { BookId } from '../../../shared/features/contacts/model'
import type { SyncStatus } from '../../../shared/kit/status'
import { type DavServer, startRadicale } from '../../rig/dav-servers'
import { type DavMachine, davClientOf, openDavMachine } from '../../support/dav-machine'
import { until } from '../../support/until'

/** Passes in the background: what begins them, what they wait for, and what ends each wait (docs/waiting.md). */
let server: DavServer
let other: ReturnType<typeof davClientOf>
const bookUrl = () => new URL('alice%40rig.test/people/', server.url)
const machines: DavMachine[] = []

beforeAll(async () => {
  server = await startRadicale()
  other = davClientOf(server)
  await other.client.makeCollection(bookUrl(), { kind: 'contacts', name: 'People' })
})
afterEach(async () => {
  for (const each of machines.splice(0)) await each.close()
})
afterAll(async () => {
  other?.close()
  await server?.stop()
})

async function open(options: Parameters<typeof openDavMachine>[1] = {}) {
  const told: SyncStatus[] = []
  const machine = await openDavMachine(server, {
    background: true,
    emit: (name, payload) => {
      if (name === 'sync') told.push(payload as SyncStatus)
    },
    ...options,
  })
  machines.push(machine)
  const { engine, accountId } = machine
  const status = async () =>
    (await engine.call('sync.status', {})).find(
      each => each.accountId === accountId && each.service === 'dav',
    )
  const reaches = (state: SyncStatus['state'], code: string | null = null) =>
    until(
      async () => {
        const now = await status()
        return now?.state === state && (now.problem?.code ?? null) === code
      },
      `dav is ${state} ${code ?? ''}`,
    )
  const book = async (): Promise<BookId> => {
    const found = (await engine.call('contacts.books', {})).find(each => each.accountId === accountId)
    if (!found) throw new Error('no address book')
    return found.id
  }
  const add = async (displayName: string) =>
    engine.call('contacts.add', { bookId: await book(), fields: { displayName } })
  return { engine, accountId, told, status, reaches, add }
}

const namesThere = async (): Promise<string[]> => {
  const { rows } = await other.client.propfind(bookUrl(), '1', ['{DAV:}getetag'])
  const texts = await Promise.all(
    rows
      .filter(({ href }) => href.endsWith('.vcf'))
      .map(({ href }) => other.client.get(new URL(href, server.url))),
  )
  return texts.map(({ bytes }) => /FN:(.*?)\r?\n/.exec(Buffer.from(bytes).toString())?.[1] ?? '').sort()
}
const isThere = (name: string) =>
  until(async () => (await namesThere()).includes(name), `${name} is on the server`)

test('an account that is added is looked at by itself, and a change is sent soon without a word', async () => {
  const { engine, told, reaches, add } = await open()
  await reaches('watching')
  expect((await engine.call('contacts.books', {})).some(({ name }) => name === 'People')).toBe(true)
  expect(told.some(({ phase }) => phase === 'collections')).toBe(true)
  await add('Sent by itself')
  await isThere('Sent by itself')
})

test('offline it waits, and going online ends that', async () => {
  const { engine, reaches, add } = await open()
  await reaches('watching')
  await engine.call('settings.set', { offline: true })
  await add('Written offline')
  await reaches('offline', 'offline')
  expect(await namesThere()).not.toContain('Written offline')
  await engine.call('settings.set', { offline: false })
  await isThere('Written offline')
  await reaches('watching')
})

test('a refused password stops it, waking does not try it again, another password does', async () => {
  const { engine, accountId, reaches, told } = await open({ password: 'that for mail' })
  await reaches('error', 'login-refused')
  const before = told.length
  await engine.call('sync.wake', {})
  // What comes later: by the person's word it is tried again.
  await engine.call('sync.now', { accountId })
  await until(() => told.slice(before).filter(({ state }) => state === 'syncing').length === 1, 'tried once')
  await reaches('error', 'login-refused')
  expect(told.slice(before).filter(({ state }) => state === 'syncing').length).toBe(1)
  await engine.call('accounts.setPassword', { accountId, service: 'dav', password: server.password })
  await reaches('watching')
})

test('switched off it says so and sends nothing; switched on what waited goes', async () => {
  const { engine, accountId, reaches, add } = await open()
  await reaches('watching')
  const off = { accountId, service: 'dav' } as const
  await engine.call('accounts.switchService', { ...off, isOff: true })
  await reaches('off')
  await add('Waits for the switch')
  await engine.call('sync.now', { accountId })
  expect(await namesThere()).not.toContain('Waits for the switch')
  await engine.call('accounts.switchService', { ...off, isOff: false })
  await isThere('Waits for the switch')
})

test('a server that is away is tried again, and "check for mail now" or waking does it at once', async () => {
  const { engine, accountId, reaches, status } = await open()
  await reaches('watching')
  const { config, signature } = (await engine.call('accounts.list', {}))[0] ?? {}
  if (!config?.services.dav) throw new Error('no account')
  const at = (url: string) => ({
    ...{ accountId, signature: signature ?? '' },
    config: { ...config, services: { dav: { ...config.services.dav, url } } },
  })
  // A port of this machine that nobody answers on.
  const gone = 'https://localhost:1/'
  await engine.call('accounts.update', at(gone) as Parameters<typeof engine.call<'accounts.update'>>[1])
  await engine.call('accounts.setPassword', { accountId, service: 'dav', password: server.password })
  await reaches('waiting', 'connection-refused')
  const first = (await status())?.nextAttemptAtMs ?? 0
  for (const again of [() => engine.call('sync.now', { accountId }), () => engine.call('sync.wake', {})]) {
    const before = (await status())?.nextAttemptAtMs
    await again()
    await until(async () => {
      const now = await status()
      return now?.state === 'waiting' && now.nextAttemptAtMs !== before
    }, 'tried again')
  }
  expect(first).toBeGreaterThan(0)
  await engine.call('accounts.update', at(server.url) as Parameters<typeof engine.call<'accounts.update'>>[1])
  await engine.call('accounts.setPassword', { accountId, service: 'dav', password: server.password })
  await reaches('watching')
})
