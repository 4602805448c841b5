import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccount, TestProfile } from '../../support/command-line'
import { addRigAccountByPage } from '../support/accounts'
import { collectComplaints, open, reader, row } from '../support/drive'
import { faultsForAll } from '../support/faults-for-all'
import { type Launched, launch, showTheme } from '../support/launch'
import { pageCalls } from '../support/page-calls'

/** Bob invites from his command line; Alice reads and answers in the window. */
let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
const bob = new TestProfile()

type BobsEvent = { id: number; title: string; attendees: { address: string; status: string }[] }

beforeAll(async () => {
  servers = await startMailServers()
  await bob.create()
  await addRigAccount(bob, servers, 'bob')
  await bob.json('transport', 'lookups', 'off')
  siegel = await launch({ environment: { TZ: 'America/New_York' } })
  complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await call('settings.set', { undoSendSeconds: 0 })
  const [personal] = await call('calendars.list', {})
  if (!personal) throw new Error('no calendar')
  await call('events.add', {
    calendarId: personal.id,
    fields: {
      title: 'Dentist',
      start: { at: '2027-03-10T03:30', zone: 'America/New_York' },
      duration: 'PT1H',
    },
  })
  await bob.json('sync')
  await bob.json(
    ...[
      'calendar',
      'add',
      '--calendar',
      'Personal',
      '--title',
      'Planning the garden',
      '--start',
      '2027-03-10T09:00',
    ],
    ...[
      '--zone',
      'Europe/Berlin',
      '--location',
      'Shed',
      '--attendee',
      'Alice Rig <alice@rig.test>',
      '--language',
      'en',
    ],
    ...['--attendee', 'Carol <carol@rig.test>'],
  )
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
  await bob.remove()
})

const card = () => reader(siegel.page).locator('.invitation')
const answer = (name: string) => card().getByRole('button', { name, exact: true })
/** How Alice answers in Bob's event. */
const atBobs = async (): Promise<string | undefined> => {
  await bob.json('sync')
  const [event] = await bob.json<BobsEvent[]>(
    'calendar',
    'events',
    '--from',
    '2027-03-01',
    '--to',
    '2027-04-01',
  )
  return event?.attendees.find(({ address }) => address === 'alice@rig.test')?.status
}

test('an invitation stands over its mail with the day beside it, and is accepted with a comment', async () => {
  const { page } = siegel
  await row(page, 'Invitation: Planning the garden').waitFor()
  await open(page, 'Invitation: Planning the garden')
  await card()
    .getByText(/invites you/)
    .waitFor()
  await card().getByText('In Europe/Berlin:').waitFor()
  await card().getByText('Overlaps with one event').waitFor()
  const day = card().getByRole('complementary')
  await day.getByText('Dentist').waitFor()
  await day.getByText('overlaps').waitFor()
  expect(await faultsForAll(page)).toEqual([])
  await siegel.screenshot('invitation-light')
  await card().getByRole('button', { name: 'Add a comment' }).click()
  await page.keyboard.type('Gladly')
  await answer('Accept').click()
  await card().getByText('You have accepted.').waitFor()
  await card().getByText('The answer was sent.').waitFor()
  expect(await answer('Accept').getAttribute('aria-pressed')).toBe('true')
  await expect.poll(atBobs, { timeout: 60_000 }).toBe('ACCEPTED')
  await siegel.screenshot('invitation-accepted')
})

test('the answer can be another one later, by keyboard, and be taken back while it waits', async () => {
  const { page } = siegel
  await pageCalls(page)('settings.set', { undoSendSeconds: 120 })
  await answer('Decline').focus()
  await page.keyboard.press('Space')
  await card().getByText('You have declined.').waitFor()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await card().getByText('You have accepted.').waitFor()
  await pageCalls(page)('settings.set', { undoSendSeconds: 0 })
  await answer('Maybe').focus()
  await page.keyboard.press('Enter')
  await card().getByText('You said that you may come.').waitFor()
  await expect.poll(atBobs, { timeout: 60_000 }).toBe('TENTATIVE')
})

test('another time says what changed; a cancellation is taken in when it is looked at', async () => {
  const { page } = siegel
  const [event] = await bob.json<BobsEvent[]>(
    'calendar',
    'events',
    '--from',
    '2027-03-01',
    '--to',
    '2027-04-01',
  )
  await bob.json(
    'calendar',
    'change',
    String(event?.id),
    '--start',
    '2027-03-11T10:00',
    '--zone',
    'Europe/Berlin',
    '--location',
    'Kitchen',
    '--language',
    'en',
  )
  await row(page, 'Changed: Planning the garden').waitFor()
  await open(page, 'Changed: Planning the garden')
  await card()
    .getByText(/has changed this event/)
    .waitFor()
  await card().getByText('Place: Shed → Kitchen').waitFor()
  await pageCalls(page)('prefs.set', { language: 'de' })
  await showTheme(page, 'dark')
  await card()
    .getByText(/hat diesen Termin geändert/)
    .waitFor()
  await siegel.screenshot('invitation-changed-dark-de')
  expect(await faultsForAll(page)).toEqual([])
  await answer('Zusagen').click()
  await card().getByText('Sie haben zugesagt.').waitFor()
  await pageCalls(page)('prefs.set', { language: 'en' })
  await showTheme(page, 'light')
  await bob.json('calendar', 'delete', String(event?.id), '--language', 'en')
  await row(page, 'Cancelled: Planning the garden').waitFor()
  await open(page, 'Cancelled: Planning the garden')
  await card()
    .getByText(/has cancelled this event/)
    .waitFor()
  expect(await card().getByRole('button', { name: 'Accept' }).count()).toBe(0)
  const { events } = await pageCalls(page)('events.between', {
    ...{ fromMs: Date.UTC(2027, 2, 11), toMs: Date.UTC(2027, 2, 12), zone: 'UTC', calendarIds: null },
  })
  expect(events).toMatchObject([{ title: 'Planning the garden', status: 'cancelled' }])
  await siegel.screenshot('invitation-cancelled')
  expect(complaints).toEqual([])
})

test('an event with a guest is made in the window, and the invitation goes only where that is said', async () => {
  const { page } = siegel
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.keyboard.press('g')
  await page.getByRole('textbox', { name: 'Date' }).fill('2027-03-20')
  await page.keyboard.press('Enter')
  const [personal] = await pageCalls(page)('calendars.list', {})
  if (!personal) throw new Error('no calendar')
  await pageCalls(page)('events.add', {
    calendarId: personal.id,
    fields: {
      title: 'Harvest',
      start: { at: '2027-03-20T10:00', zone: 'America/New_York' },
      attendees: [{ address: 'bob@rig.test', name: 'Bob' }],
    },
  })
  const event = page.getByRole('button', { name: /Harvest/ }).first()
  await event.click()
  await page.keyboard.press('Delete')
  const question = page.getByRole('alertdialog', { name: 'Tell one guest that it is cancelled?' })
  await question.waitFor()
  await question.getByText('bob@rig.test').waitFor()
  await siegel.screenshot('invitation-tell')
  await question.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText('The mail to one guest is on its way.').waitFor()
  await event.waitFor({ state: 'detached' })
  await expect
    .poll(
      async () => {
        await bob.json('sync')
        return (await bob.json<{ subject: string }[]>('list', 'bob@rig.test/INBOX')).map(
          ({ subject }) => subject,
        )
      },
      { timeout: 60_000 },
    )
    .toContain('Cancelled: Harvest')
})

test('guests are seen busy or not known beside the reader, and a time that suits is taken with a press', async () => {
  const { page } = siegel
  const call = pageCalls(page)
  const [personal] = await call('calendars.list', {})
  if (!personal) throw new Error('no calendar')
  const at = (hour: string) => ({ at: `2027-03-22T${hour}:00`, zone: 'America/New_York' })
  for (const [title, from, to] of [
    ['Weeding', '08', '11'],
    ['Sowing', '12', '13'],
  ] as const)
    await call('events.add', {
      calendarId: personal.id,
      fields: { title, start: at(from), end: at(to) },
    })
  await call('events.add', {
    calendarId: personal.id,
    fields: {
      ...{ title: 'Planting', start: at('10'), end: at('11') },
      attendees: [{ address: 'bob@rig.test', name: 'Bob' }],
    },
  })
  await page.keyboard.press('g')
  await page.getByRole('textbox', { name: 'Date' }).fill('2027-03-22')
  await page.keyboard.press('Enter')
  await page
    .getByRole('button', { name: /Planting/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByRole('button', { name: 'When are they free?' }).click()
  const grid = page.getByRole('region', { name: 'When people are free' })
  // The event itself takes no time of its own.
  await grid.getByText('8:00 AM – 11:00 AM (busy), 12:00 PM – 1:00 PM (busy)').waitFor()
  await grid.getByText('There is no server that could be asked about these people.').waitFor()
  await siegel.screenshot('busy-light')
  expect(await faultsForAll(page)).toEqual([])
  await grid.getByRole('button', { name: /Mar 22, 11:00/ }).click()
  expect(await page.getByRole('textbox', { name: 'Start, time' }).inputValue()).toBe('11:00')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
})

test('an invitation is handed on in the window; a proposed time is kept off there', async () => {
  const { page } = siegel
  const add = ['--start', '2027-04-12T09:00', '--zone', 'Europe/Berlin', '--language', 'en']
  await bob.json(
    ...['calendar', 'add', '--calendar', 'Personal', '--title', 'Errand', ...add],
    ...['--attendee', 'alice@rig.test'],
  )
  await page.getByRole('button', { name: 'Mail', exact: true }).click()
  await row(page, 'Invitation: Errand').waitFor()
  await open(page, 'Invitation: Errand')
  await answer('Hand on').click()
  const dialog = page.getByRole('dialog', { name: 'Hand the invitation on' })
  await dialog.getByRole('combobox', { name: 'To whom' }).fill('carol@rig.test')
  await siegel.screenshot('hand-on')
  await dialog.getByRole('button', { name: 'Hand on', exact: true }).click()
  await card().getByText('You have handed it on to somebody else.').waitFor()

  const [personal] = await pageCalls(page)('calendars.list', {})
  if (!personal) throw new Error('no calendar')
  await pageCalls(page)('events.add', {
    calendarId: personal.id,
    fields: {
      ...{ title: 'Pruning', start: { at: '2027-04-13T09:00', zone: 'Europe/Berlin' }, duration: 'PT1H' },
      attendees: [{ address: 'bob@rig.test', name: '' }],
    },
    tells: { language: 'en' },
  })
  const atBob = async () => {
    await bob.json('sync')
    const all = await bob.json<{ id: number; subject: string }[]>('list', 'bob@rig.test/INBOX')
    return (subject: string) => all.find(each => each.subject === subject)?.id
  }
  await expect
    .poll(async () => (await atBob())('Invitation: Pruning'), { timeout: 60_000 })
    .toBeTypeOf('number')
  const find = await atBob()
  expect(find('Delegated: Errand')).toBeTypeOf('number')
  await bob.json(
    ...['calendar', 'respond', String(find('Invitation: Pruning')), '--propose', '2027-04-13T10:00'],
    ...['--until', '2027-04-13T11:00', '--zone', 'Europe/Berlin', '--language', 'en'],
  )
  await row(page, 'New time proposed: Pruning').waitFor()
  await open(page, 'New time proposed: Pruning')
  await siegel.screenshot('counter')
  await answer('Keep the time').click()
  await expect
    .poll(async () => (await atBob())('Not moved: Pruning'), { timeout: 60_000 })
    .toBeTypeOf('number')
  expect(complaints).toEqual([])
})
