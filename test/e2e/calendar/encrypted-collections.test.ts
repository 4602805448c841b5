import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DavRefusal } from '../../../electron/engine/dav/refusal'
import { english, german } from '../../../renderer/features/languages'
import { type DavServer, startRadicale } from '../../rig/dav-servers'
import { type DavMachine, davClientOf, openDavMachine } from '../../support/dav-machine'
import { until } from '../../support/until'
import { startRewritingDav } from '../../wire/support/rewriting-dav'
import { answerDialogs, collectComplaints } from '../support/drive'
import { faultsForAll } from '../support/faults-for-all'
import { type Launched, launch, showTheme } from '../support/launch'
import { pageCalls } from '../support/page-calls'

/** A window and a second machine of the same person, at a server that can be held and can be anything. */
let server: DavServer
let between: Awaited<ReturnType<typeof startRewritingDav>>
let other: ReturnType<typeof davClientOf>
let there: DavMachine
let siegel: Launched
let complaints: readonly string[]
const words = english.collections
const eventCount = 25
const page = () => siegel.page
const call: ReturnType<typeof pageCalls> = (name, input) => pageCalls(page())(name, input)
const dialog = (name: string) => page().getByRole('dialog', { name: words.title.replace('{{name}}', name) })
const button = (name: string) => page().getByRole('button', { name, exact: true })
const at = (path: string) => new URL(`alice%40rig.test/${path}`, server.url)

const event = (uid: string, title: string) =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', 'BEGIN:VEVENT', `UID:${uid}`],
    ...['DTSTAMP:20260101T000000Z', 'DTSTART:20260301T100000Z', `SUMMARY:${title}`, 'END:VEVENT'],
    ...['END:VCALENDAR', ''],
  ].join('\r\n')
const card = (uid: string, name: string) =>
  ['BEGIN:VCARD', 'VERSION:4.0', `UID:${uid}`, `FN:${name}`, 'END:VCARD', ''].join('\r\n')
const put = (path: string, text: string) =>
  other.client.put(at(path), Buffer.from(text), {
    condition: { kind: 'none' },
    contentType: path.endsWith('.vcf') ? 'text/vcard' : 'text/calendar',
  })
/** Every object of a collection as it lies there, by its path. What is replaced while it is looked at is left out. */
async function onServer(name: string): Promise<Map<string, string>> {
  const { rows } = await other.client.propfind(at(`${name}/`), '1', ['{DAV:}getetag'])
  const files = new Map<string, string>()
  for (const { href } of rows) {
    if (href.endsWith('/')) continue
    const object = await other.client.get(new URL(href, server.url)).catch((refused: unknown) => {
      if (refused instanceof DavRefusal && refused.status === 404) return null
      throw refused
    })
    if (object !== null) files.set(href, Buffer.from(object.bytes).toString())
  }
  return files
}
const stateOf = async (name: string) => {
  const calendar = (await call('calendars.list', {})).find(each => each.name === name)
  return call('collections.protection', { kind: 'calendar', collectionId: calendar?.id ?? 0 })
}
const inBothThemes = async (name: string) => {
  for (const theme of ['light', 'dark'] as const) {
    await showTheme(page(), theme)
    await siegel.screenshot(`${name}-${theme}`)
  }
}
/** Holds the next new objects at the door until they are let go. */
function holdAfter(count: number): { letGo: () => void } {
  let letGo = (): void => undefined
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  let seen = 0
  between.rewrite({
    request: async asked => {
      if (asked.method === 'PUT' && !asked.path.includes('keys') && ++seen > count) await held
      return undefined
    },
  })
  return {
    letGo: () => {
      between.rewrite()
      letGo()
    },
  }
}

beforeAll(async () => {
  server = await startRadicale()
  between = await startRewritingDav(server)
  other = davClientOf(server)
  await other.client.makeCollection(at('work/'), { kind: 'calendar', name: 'Work' })
  await other.client.makeCollection(at('people/'), { kind: 'contacts', name: 'People' })
  for (let each = 0; each < eventCount; each++)
    await put(`work/${each}.ics`, event(`e${each}`, `Event ${each}`))
  await put('people/ida.vcf', card('ida', 'Ida Berg'))
  there = await openDavMachine(server)
  const { facts } = await there.engine.call('keys.generate', {
    ...{ name: 'Alice', address: 'alice@rig.test', accountId: there.accountId },
    ...{ version: 4, expiresAtMs: null },
  })
  await there.engine.call('keys.markBackedUp', { fingerprint: facts.fingerprint })
  const secret = await (await there.engine.vault()).exportSecret(facts.fingerprint, 'a phrase')

  siegel = await launch()
  complaints = collectComplaints(page())
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await call('prefs.set', { language: 'en', theme: 'light' })
  const { id: accountId } = await call('accounts.add', {
    config: {
      ...{ address: 'alice@rig.test', displayName: 'Home' },
      services: { dav: { url: between.url, userName: server.userName, caPem: between.ca } },
    },
    password: server.password,
  })
  const file = join(siegel.desktop.directory, 'secret.asc')
  writeFileSync(file, secret)
  await answerDialogs(siegel.app, { open: [file], button: 1 })
  await call('keys.importSecret', {
    ...{ from: { kind: 'file' }, passphrase: 'a phrase', accountId },
  })
  await until(
    async () => (await call('calendars.list', {})).some(each => each.eventCount === eventCount),
    'the events came',
  )
})
afterAll(async () => {
  await siegel?.stop()
  await there?.close()
  other?.close()
  await between?.stop()
  await server?.stop()
})

const openCalendarDialog = async () => {
  await button(english.calendar.title).click()
  await button(english.calendar.list.menu.replace('{{name}}', 'Work')).click()
  await page().getByRole('menuitem', { name: words.open }).click()
  await dialog('Work').waitFor()
}

test('while it is encrypted it says how far it is, and it can be turned back', async () => {
  await openCalendarDialog()
  expect(await faultsForAll(page())).toEqual([])
  await inBothThemes('collection-clear')
  const held = holdAfter(12)
  await dialog('Work').getByText(words.switch).click()
  await dialog('Work').getByRole('progressbar').waitFor()
  await dialog('Work').getByText(words.of.calendar.left_other.replace('{{count, number}}', '15')).waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await inBothThemes('collection-encrypting')
  await dialog('Work').getByRole('button', { name: words.turnBack.encrypting }).click()
  await dialog('Work').getByText(words.doing.decrypting, { exact: true }).waitFor()
  held.letGo()
  await until(async () => (await stateOf('Work')).state === 'clear', 'it is clear again')
  const files = await onServer('work')
  expect(files.size).toBe(eventCount)
  expect([...files.values()].join('')).not.toContain('X-ENCRYPTED')
  expect(await dialog('Work').getByRole('switch', { name: words.switch }).isChecked()).toBe(false)
})

test('switched on to its end, a second machine joins with the same key', async () => {
  await dialog('Work').getByText(words.switch).click()
  await until(async () => (await stateOf('Work')).state === 'encrypted', 'all of it is encrypted')
  expect([...(await onServer('work')).values()].join('')).not.toMatch(/Event \d/)
  await there.engine.call('calendars.sync', { accountId: null })
  const calendar = (await there.engine.call('calendars.list', {})).find(each => each.name === 'Work')
  const place = { kind: 'calendar', collectionId: calendar?.id ?? 0 } as const
  expect(await there.engine.call('collections.protection', place)).toMatchObject({ state: 'joinable' })
  await there.engine.call('collections.encrypt', { ...place, showsBusy: false, join: true })
  await there.engine.call('calendars.sync', { accountId: null })
  expect((await there.engine.call('calendars.list', {})).find(each => each.name === 'Work')?.eventCount).toBe(
    eventCount,
  )
})

test('what the server rolls back and plants is named and not shown, and can be put right', async () => {
  const before = await onServer('work')
  const range = { fromMs: Date.UTC(2026, 1, 28), toMs: Date.UTC(2026, 2, 3), zone: 'UTC', calendarIds: null }
  await there.engine.call('calendars.sync', { accountId: null })
  const theirs = (await there.engine.call('events.between', range)).events.find(
    ({ title }) => title === 'Event 3',
  )
  await there.engine.call('events.change', {
    ...{ eventId: theirs?.id ?? (0 as never), instance: null, scope: 'all', zone: 'UTC' },
    fields: { title: 'Event 3 moved' },
  })
  await there.engine.call('calendars.sync', { accountId: null })
  await call('calendars.sync', { accountId: null })
  const [rolled] = [...(await onServer('work'))].filter(([path, text]) => before.get(path) !== text)
  await put(`work/${rolled?.[0].split('/').at(-1)}`, before.get(rolled?.[0] ?? '') ?? '')
  await put('work/planted.ics', event('planted', 'Planted'))
  await call('calendars.sync', { accountId: null })
  await dialog('Work').getByRole('alert').getByText(words.of.calendar.refusals['rolled-back']).waitFor()
  await dialog('Work').getByText(words.of.calendar.refusals.clear).waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await inBothThemes('collection-refused')
  const titles = (await call('events.between', range)).events.map(each => each.title)
  expect(titles).toContain('Event 3 moved')
  expect(titles).not.toContain('Planted')
  await dialog('Work').getByRole('button', { name: words.putRight }).click()
  await dialog('Work').getByRole('alert').waitFor({ state: 'detached' })
  expect([...(await onServer('work')).values()].join('')).not.toContain('Planted')
})

test('somebody whose key is verified is let in and taken out', async () => {
  const bob = await there.engine.call('keys.generate', {
    ...{ name: 'Bob', address: 'bob@rig.test', accountId: null, version: 4, expiresAtMs: null },
  })
  const { fingerprint } = bob.facts
  const { armored } = await there.engine.call('keys.exportPublic', { fingerprint })
  await call('keys.importPublic', { bytes: new TextEncoder().encode(armored), address: 'bob@rig.test' })
  await call('keys.setTrust', { address: 'bob@rig.test', fingerprint, trust: 'verified' })
  await dialog('Work').getByRole('button', { name: words.letIn }).click()
  await page().getByRole('menuitem', { name: 'bob@rig.test' }).click()
  const out = dialog('Work').getByRole('button', { name: words.takeOut.replace('{{who}}', 'bob@rig.test') })
  await out.waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await inBothThemes('collection-members')
  await out.click()
  await out.waitFor({ state: 'detached' })
  await until(async () => (await stateOf('Work')).state === 'encrypted', 'all is under a new secret')
})

test('in German, in a small window, it is whole; switched off, the server has all of it in clear', async () => {
  await siegel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(860, 560))
  await call('prefs.set', { language: 'de' })
  const name = german.collections.title.replace('{{name}}', 'Work')
  await page().getByRole('dialog', { name }).getByText(german.collections.switch).waitFor()
  await inBothThemes('collection-de-860')
  await page().getByRole('dialog', { name }).getByText(german.collections.switch).click()
  await until(async () => (await stateOf('Work')).state === 'clear', 'all of it is clear')
  const files = [...(await onServer('work')).values()].join('')
  expect(files).not.toContain('X-ENCRYPTED')
  expect(files).toContain('Event 3 moved')
  await call('prefs.set', { language: 'en' })
  await dialog('Work').getByRole('button', { name: english.common.close }).last().click()
})

test('an address book has the same switch, and one that another machine encrypted is joined', async () => {
  await there.engine.call('contacts.sync', { accountId: null })
  const book = (await there.engine.call('contacts.books', {})).find(each => each.accountId !== null)
  const place = { kind: 'contacts', collectionId: book?.id ?? 0 } as const
  await there.engine.call('collections.encrypt', { ...place, showsBusy: false, join: false })
  await there.engine.call('contacts.sync', { accountId: null })
  expect([...(await onServer('people')).values()].join('')).not.toContain('Ida Berg')
  await call('contacts.sync', { accountId: null })
  await button(english.contacts.title).click()
  await button(english.contacts.files).click()
  await page().getByRole('menuitem', { name: words.open }).click()
  await page().getByRole('menuitem', { name: 'People' }).click()
  await dialog('People').getByText(words.of.contacts.joinable).waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await inBothThemes('collection-book-joinable')
  await dialog('People').getByRole('button', { name: words.join }).click()
  await dialog('People').getByRole('switch', { name: words.switch }).waitFor()
  await until(
    async () =>
      (await call('contacts.books', {})).some(each => each.accountId !== null && each.contacts === 1),
    'its contact is here',
  )
  await inBothThemes('collection-book')
  await dialog('People').getByText(words.switch).click()
  await until(
    async () => [...(await onServer('people')).values()].join('').includes('Ida Berg'),
    'the book is clear on the server',
  )
  expect(complaints).toEqual([])
})

test('while a calendar comes for the first time it can be stopped in the activity panel, and goes on from there', async () => {
  const app = english.app
  await dialog('People').getByRole('button', { name: english.common.close }).last().click()
  await dialog('People').waitFor({ state: 'detached' })
  await other.client.makeCollection(at('big/'), { kind: 'calendar', name: 'Big' })
  // Two batches of objects; the second is held at the door.
  for (let each = 0; each < 60; each++) await put(`big/${each}.ics`, event(`b${each}`, `Big ${each}`))
  let letGo = (): void => undefined
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  let asked = 0
  between.rewrite({
    request: async ({ method, path, body }) => {
      if (method === 'REPORT' && path.includes('big') && body.includes('multiget') && ++asked > 1) await held
      return undefined
    },
  })
  const count = async () =>
    (await call('calendars.list', {})).find(({ name }) => name === 'Big')?.eventCount ?? 0
  await call('sync.now', { accountId: null })
  await page()
    .getByRole('button', { name: new RegExp(`^${app.sync.label}`) })
    .click()
  const panel = page().getByRole('dialog', { name: app.activity.title })
  await panel.getByRole('button', { name: app.sync.stopPass, exact: true }).click()
  await siegel.screenshot('dav-stop-light')
  letGo()
  await panel.getByRole('button', { name: app.sync.stopPass, exact: true }).waitFor({ state: 'detached' })
  between.rewrite()
  expect(await count()).toBe(50)
  await panel.getByRole('button', { name: app.sync.now }).click()
  await until(async () => (await count()) === 60, 'the rest came')
  await page().keyboard.press('Escape')
})
