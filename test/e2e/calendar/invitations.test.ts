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
