import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { english, german } from '../../../renderer/features/languages'
import type { AccountSummary } from '../../../shared/features/accounts/model'
import type { CalendarSummary, EventId } from '../../../shared/features/calendar/model'
import type { BookId, ContactSummary } from '../../../shared/features/contacts/model'
import { type DavServerOnDisk, startRadicale } from '../../rig/dav-servers'
import { davClientOf } from '../../support/dav-machine'
import { until } from '../../support/until'
import { answerDialogs, askedDialogs } from '../support/drive'
import { faultsForAll } from '../support/faults-for-all'
import { type Launched, showTheme } from '../support/launch'
import { launchSample } from '../support/launch-sample'
import { pageCalls } from '../support/page-calls'

const words = english.accounts
let siegel: Launched
let complaints: readonly string[]
let server: DavServerOnDisk
let other: ReturnType<typeof davClientOf>
const at = (path: string) => new URL(`alice%40rig.test/${path}`, server.url)
const page = () => siegel.page
const dialog = () => page().getByRole('dialog', { name: words.dav.title })
const button = (name: string) => page().getByRole('button', { name, exact: true })
const field = (name: string) => dialog().getByRole('textbox', { name })

const put = (path: string, lines: readonly string[], contentType: string) =>
  other.client.put(at(path), Buffer.from([...lines, ''].join('\r\n')), {
    condition: { kind: 'new' },
    contentType,
  })

beforeAll(async () => {
  server = await startRadicale()
  other = davClientOf(server)
  await other.client.makeCollection(at('work/'), { kind: 'calendar', name: 'Work', colour: '#ff8800' })
  await other.client.makeCollection(at('old/'), { kind: 'calendar', name: 'Old' })
  await other.client.makeCollection(at('people/'), { kind: 'contacts', name: 'People' })
  const event = ['BEGIN:VEVENT', 'UID:e', 'DTSTAMP:20260101T000000Z', 'DTSTART:20260310T100000Z']
  await put(
    'work/e.ics',
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//x//EN',
      ...event,
      'SUMMARY:Probe',
      'END:VEVENT',
      'END:VCALENDAR',
    ],
    'text/calendar',
  )
  await put('people/i.vcf', ['BEGIN:VCARD', 'VERSION:4.0', 'UID:i', 'FN:Ida Berg', 'END:VCARD'], 'text/vcard')
  ;({ siegel, complaints } = await launchSample())
  await pageCalls(page())('prefs.set', { language: 'en', theme: 'light' })
})
afterAll(async () => {
  await siegel?.stop()
  other?.close()
  await server?.stop()
})

const call = (...[name, input]: Parameters<ReturnType<typeof pageCalls>>) => pageCalls(page())(name, input)
const davAccount = async () =>
  ((await call('accounts.list', {})) as AccountSummary[]).find(({ config }) => config.services.dav)

test('an address is shown with where it was found before a password goes there', async () => {
  await answerDialogs(siegel.app, { button: 1 })
  await page().keyboard.press('Control+,')
  await button(words.dav.addAccount).click()
  await field(words.dav.place).fill('alice@mailbox.org')
  await button(words.dav.find).click()
  // Of a known provider nobody is asked; it says that mail and DAV take different passwords.
  await dialog().getByText(words.dav.mailboxOrg).waitFor()
  await dialog().getByText('mailbox.org', { exact: false }).first().waitFor()
  expect(await call('net.connections', {})).toEqual([])
  expect(await faultsForAll(page())).toEqual([])
  await siegel.screenshot('dav-mailbox-light')
  await showTheme(page(), 'dark')
  await call('prefs.set', { language: 'de' })
  await page()
    .getByRole('dialog', { name: german.accounts.dav.title })
    .getByText(german.accounts.dav.mailboxOrg)
    .waitFor()
  await siegel.screenshot('dav-mailbox-dark-de')
  await call('prefs.set', { language: 'en', theme: 'light' })
  await button(words.back).click()
})

test('main asks before the place and the authority are used, and a wrong password is said with what is behind it', async () => {
  await field(words.dav.place).fill(server.url)
  await button(words.dav.find).click()
  await field(words.fields.userName).fill(server.userName)
  await button(words.dav.ownAuthority).click()
  await field(words.dav.authority).fill(server.ca)
  await field(words.fields.password).fill('that for mail')
  await button(words.dav.signIn).click()
  await dialog().getByText(words.dav.refused).waitFor()
  const asked = JSON.stringify(await askedDialogs(siegel.app))
  expect(asked).toContain(`localhost:${server.port}`)
  expect(asked).toContain('SHA-256')
  expect(await davAccount()).toBeUndefined()
})

test('what is there is chosen, comes, and what is changed here is on the server', async () => {
  await field(words.fields.password).fill(server.password)
  await button(words.dav.signIn).click()
  await dialog().getByRole('switch', { name: 'Old' }).waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await siegel.screenshot('dav-collections-light')
  // The words stand over the switch itself.
  await dialog().getByText('Old', { exact: true }).click()
  await button(words.dav.add).click()
  await dialog().waitFor({ state: 'detached' })
  const account = await davAccount()
  expect(account?.config).toMatchObject({ address: 'alice@rig.test', services: { dav: { url: server.url } } })
  // The first pass comes by itself.
  await until(
    async () =>
      ((await call('contacts.list', { bookId: null })) as ContactSummary[]).some(
        ({ name }) => name === 'Ida Berg',
      ),
    'the contacts of the server came',
  )
  const calendars = (await call('calendars.list', {})) as CalendarSummary[]
  expect(calendars.filter(each => each.accountId === account?.id).map(({ name }) => name)).toEqual(['Work'])
  const [book] = ((await call('contacts.books', {})) as { id: BookId; accountId: string | null }[]).filter(
    each => each.accountId === account?.id,
  )
  await call('contacts.add', { bookId: book?.id ?? (0 as BookId), fields: { displayName: 'Written here' } })
  // Sent by itself soon after.
  await until(async () => {
    const { rows } = await other.client.propfind(at('people/'), '1', ['{DAV:}getetag'])
    return rows.length === 3
  }, 'the contact is on the server')
})

test('its way, its password and its end stand in its settings', async () => {
  await page()
    .getByRole('listitem')
    .filter({ hasText: 'alice@rig.test' })
    .getByText(words.section.edit)
    .click()
  const section = page().getByRole('region', { name: words.section.service.dav })
  await section.getByText(words.route.title).first().waitFor()
  await section.getByRole('button', { name: words.dav.choose }).click()
  await section.getByRole('switch', { name: 'Work' }).waitFor()
  expect(await section.getByRole('switch', { name: 'Old' }).isChecked()).toBe(false)
  expect(await faultsForAll(page())).toEqual([])
  await siegel.screenshot('dav-settings-light')
  await section.getByText('Old', { exact: true }).click()
  await section.getByRole('button', { name: english.common.save }).click()
  await until(
    async () => ((await call('calendars.list', {})) as CalendarSummary[]).some(({ name }) => name === 'Old'),
    'the other calendar came',
  )
})

describe('what waits for a person', () => {
  const app = english.app
  const open = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2027, 0, 1), zone: 'UTC', calendarIds: null }
  const ours = /^(Probe|one|two|three)/
  const here = async () => {
    const { events } = (await call('events.between', open)) as { events: { id: EventId; title: string }[] }
    return events.filter(({ title }) => ours.test(title)).sort((a, b) => (a.title < b.title ? -1 : 1))
  }
  const titles = async () => (await here()).map(({ title }) => title)
  const eventOf = (uid: string, title: string) => [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//EN', 'BEGIN:VEVENT', `UID:${uid}`],
    ...['DTSTAMP:20260101T000000Z', 'DTSTART:20260311T100000Z', `SUMMARY:${title}`],
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ]
  /** Written there by another program. */
  const write = (uid: string, title: string) =>
    other.client.put(at(`work/${uid}.ics`), Buffer.from(eventOf(uid, title).join('\r\n')), {
      ...{ condition: { kind: 'none' }, contentType: 'text/calendar' },
    })
  const there = async () => {
    const { rows } = await other.client.propfind(at('work/'), '1', ['{DAV:}getetag'])
    return rows.filter(({ href }) => href.endsWith('.ics')).map(({ href }) => href)
  }
  const sync = () => call('sync.now', { accountId: null })
  const activity = () => page().getByRole('dialog', { name: app.activity.title })
  const says = (text: string) => activity().getByRole('listitem').filter({ hasText: text })
  const answer = (text: string, name: string) => says(text).getByRole('button', { name, exact: true }).click()
  const question = () => page().getByRole('alertdialog', { name: app.activity.removeTitle })
  const isSaid = (text: string) => says(text).first().waitFor()
  const isOver = (text: string) => says(text).first().waitFor({ state: 'detached' })
  const lost = app.activity.wait['asks-removal']

  const loseAll = async () => {
    for (const href of await there()) await other.client.remove(new URL(href, server.url), { kind: 'none' })
    await sync()
    await isSaid(lost)
  }
  const isEmpty = async () => (await titles()).length === 0
  const hasAll = async () => (await there()).length === 4
  afterEach(() => chmodSync(join(server.folder, 'collection-root', 'alice@rig.test', 'work'), 0o755))

  test('what a server lost goes there again, or goes here too after a second question', async () => {
    await page().keyboard.press('Escape')
    for (const title of ['one', 'two', 'three']) await write(title, title)
    await sync()
    await until(async () => (await titles()).length === 4, 'all events came')
    await page()
      .getByRole('button', { name: new RegExp(`^${app.sync.label}`) })
      .click()
    await loseAll()
    expect(await faultsForAll(page())).toEqual([])
    await siegel.screenshot('dav-waits-light')
    await answer(lost, app.activity.answer['put-back'])
    await until(hasAll, 'all events are there again')
    await isOver(lost)
    await loseAll()
    await answer(lost, app.activity.answer.remove)
    await question().waitFor()
    // It lies over the panel that it was asked from.
    const heading = await question().getByRole('heading').boundingBox()
    const isOnTop = ({ x, y, height }: { x: number; y: number; height: number }) =>
      document.elementFromPoint(x + 2, y + height / 2)?.closest('[role=alertdialog]') !== null
    if (heading === null) throw new Error('no heading')
    expect(await page().evaluate(isOnTop, heading)).toBe(true)
    await siegel.screenshot('dav-waits-question-light')
    await question().getByRole('button', { name: english.common.cancel }).click()
    expect(await titles()).toHaveLength(4)
    await answer(lost, app.activity.answer.remove)
    await question().getByRole('button', { name: app.activity.answer.remove }).click()
    await until(isEmpty, 'the events went here too')
    await isOver(lost)
  })

  test('a change that the server refuses is tried again, or given up', async () => {
    const folder = join(server.folder, 'collection-root', 'alice@rig.test', 'work')
    await write('one', 'one')
    await sync()
    await until(async () => (await titles()).length === 1, 'the event came')
    const refused = app.activity.wait['not-sent']
    const change = async (title: string) => {
      chmodSync(folder, 0o555)
      const [event] = await here()
      if (!event) throw new Error('no event')
      const whole = { instance: null, scope: 'all', zone: 'UTC' } as const
      await call('events.change', { eventId: event.id, ...whole, fields: { title } })
      await sync()
      await isSaid(refused)
      chmodSync(folder, 0o755)
    }
    await change('one ours')
    await siegel.screenshot('dav-refused-light')
    await answer(refused, app.activity.answer['try-again'])
    await isOver(refused)
    const text = async () => Buffer.from((await other.client.get(at('work/one.ics'))).bytes).toString()
    await until(async () => (await text()).includes('one ours'), 'the change is there')
    await change('one again')
    await answer(refused, app.activity.answer['give-up'])
    await until(async () => (await titles()).join() === 'one ours', "the server's version counts again")
    await isOver(refused)
    expect(await text()).not.toContain('one again')
  })

  test('what both sides changed is kept twice, is told, and is over when it was seen', async () => {
    const [event] = await here()
    if (!event) throw new Error('no event')
    await write('one', 'one theirs')
    const whole = { instance: null, scope: 'all', zone: 'UTC' } as const
    await call('events.change', { eventId: event.id, ...whole, fields: { title: 'one mine' } })
    await sync()
    const both = app.activity.wait['kept-both']
    await isSaid(both)
    expect(await titles()).toEqual(['one mine', 'one theirs'])
    await answer(both, app.activity.answer.seen)
    await isOver(both)
    expect(complaints).toEqual([])
  })
})
