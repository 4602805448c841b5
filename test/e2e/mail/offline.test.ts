import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccountByPage, plainMessage } from '../support/accounts'
import { action, collectComplaints, composer, folder, open, reader, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

const alice = 'alice@rig.test'

let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Drafts', 'Sent', 'Archive', 'Trash']) servers.maildir(alice, mailbox)
  for (const [minute, subject] of ['Pirol', 'Rohrdommel', 'Sperber', 'Turmfalke'].entries())
    await servers.deliver(
      alice,
      plainMessage({ subject, minute, text: `All about the ${subject}, at length.` }),
    )
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await call('settings.set', { undoSendSeconds: 0, markSeenAfterSeconds: -1 })
  await row(siegel.page, /Pirol.*at length/).waitFor()
  await row(siegel.page, /Turmfalke.*at length/).waitFor()
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

const files = (mailbox = 'INBOX', address = alice): readonly string[] =>
  ['cur', 'new'].flatMap(name => {
    const directory = join(servers.maildir(address, mailbox), name)
    return readdirSync(directory).map(file => join(directory, file))
  })
const flagsOf = (subject: string): string | undefined =>
  files()
    .find(file => readFileSync(file, 'utf8').includes(`Subject: ${subject}`))
    ?.split(':2,')[1]
const banner = () => siegel.page.getByRole('status').filter({ hasText: 'alice@rig.test:' })

test('when the server goes away one calm line says so, and when it will be tried again', async () => {
  await servers.stopImap()
  await servers.stopSmtp()
  await banner().waitFor({ timeout: 90_000 })
  await siegel.page.getByRole('button', { name: 'Try now' }).waitFor()
  expect(await siegel.page.getByRole('button', { name: /^Connection and pending changes/ }).isVisible()).toBe(
    true,
  )
})

test('everything can still be read and found', async () => {
  const { page } = siegel
  for (const subject of ['Pirol', 'Sperber']) {
    await open(page, subject)
    await reader(page).getByText(`All about the ${subject}, at length.`).waitFor()
  }
  await page.getByRole('searchbox').fill('rohrdom')
  await row(page, 'Rohrdommel').waitFor()
  await expect.poll(() => row(page, /./).count()).toBe(1)
  await page.getByRole('searchbox').press('Escape')
  await row(page, 'Pirol').waitFor()
})

test('changes are made at once and shown as not yet on the server', async () => {
  const { page } = siegel
  await open(page, 'Pirol')
  await action(page, 'Star').click()
  await row(page, /Pirol.*starred.*not yet on the server/).waitFor()
  await reader(page).getByText('Not yet on the server').waitFor()
  await open(page, 'Rohrdommel')
  await action(page, 'Mark as read').click()
  await open(page, 'Sperber')
  await action(page, 'Archive').click()
  await row(page, 'Sperber').waitFor({ state: 'detached' })
  await folder(page, 'Archive').click()
  await row(page, /Sperber.*not yet on the server/).waitFor()
  await siegel.screenshot('offline-pending-light')
  await folder(page, 'Inbox').click()
  expect(files()).toHaveLength(4)
  expect(flagsOf('Pirol') ?? '').not.toContain('F')
})

test('what is written waits in the outbox', async () => {
  const { page } = siegel
  await page.keyboard.press('c')
  await composer(page).getByRole('combobox', { name: 'To' }).fill('bob@rig.test')
  await composer(page).getByRole('textbox', { name: 'Subject' }).fill('From the train')
  await composer(page).getByRole('textbox', { name: 'Text of the message' }).fill('No net here.')
  await composer(page).getByRole('button', { name: 'Send', exact: true }).click()
  await composer(page).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Connection and pending changes/ }).click()
  const activity = page.getByRole('dialog', { name: 'Activity' })
  await activity.getByText('From the train').waitFor()
  await activity.getByText('Changes not yet on the server').waitFor()
  await siegel.screenshot('offline-activity-light')
  await page.keyboard.press('Escape')
  await activity.waitFor({ state: 'detached' })
})

test('when the server is back all of it arrives there, and the marks go away', async () => {
  const { page } = siegel
  await servers.startImap()
  await servers.startSmtp()
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect.poll(() => flagsOf('Pirol') ?? '', { timeout: 90_000 }).toContain('F')
  await expect.poll(() => flagsOf('Rohrdommel') ?? '').toContain('S')
  await expect.poll(() => files('Archive').length).toBe(1)
  expect(files()).toHaveLength(3)
  await banner().waitFor({ state: 'detached' })
  await expect.poll(() => row(page, /not yet on the server/).count()).toBe(0)
  await expect
    .poll(
      () =>
        files('INBOX', 'bob@rig.test').filter(file => readFileSync(file, 'utf8').includes('No net here.')),
      { timeout: 90_000 },
    )
    .toHaveLength(1)
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
