import { readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccountByPage, plainMessage } from '../support/accounts'
import { action, collectComplaints, folder, open, reader, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

const alice = 'alice@rig.test'

let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  servers = await startMailServers()
  for (const [at, subject] of ['Amsel', 'Buntspecht', 'Dohle', 'Elster', 'Fink', 'Goldammer'].entries())
    await servers.deliver(alice, plainMessage({ subject, minute: at }))
  for (const mailbox of ['Archive', 'Trash', 'Junk', 'Vögel', 'Vögel/Wälder']) servers.maildir(alice, mailbox)
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  await pageCalls(siegel.page)('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await row(siegel.page, 'Goldammer').waitFor()
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

/** Flags of the messages that the server keeps in a mailbox, as the letters of their Maildir names. */
const onServer = (mailbox = 'INBOX'): readonly string[] =>
  ['cur', 'new'].flatMap(name =>
    readdirSync(join(servers.maildir(alice, mailbox), name)).map(file => file.split(':2,')[1] ?? ''),
  )
const count = (mailbox?: string) => onServer(mailbox).filter(flags => !flags.includes('T')).length
const withFlag = (letter: string) => onServer().filter(flags => flags.includes(letter)).length

const undoToast = () => siegel.page.getByRole('button', { name: /^Undo/ })
const gone = (subject: string) => row(siegel.page, subject).waitFor({ state: 'detached' })

test('reading a message marks it as read on the server, marking it unread takes that back', async () => {
  const { page } = siegel
  expect(withFlag('S')).toBe(0)
  await open(page, 'Goldammer')
  await expect.poll(() => withFlag('S')).toBe(1)
  await expect.poll(() => folder(page, 'Inbox').getAttribute('aria-label')).toBe('Inbox, 5 unread messages')
  await action(page, 'Mark as unread').click()
  await expect.poll(() => withFlag('S')).toBe(0)
  await expect.poll(() => folder(page, 'Inbox').getAttribute('aria-label')).toBe('Inbox, 6 unread messages')
})

test('a star reaches the server, and one that is set elsewhere appears here', async () => {
  const { page } = siegel
  await open(page, 'Fink')
  await action(page, 'Star').click()
  await expect.poll(() => withFlag('F')).toBe(1)
  await row(page, /Fink.*starred/).waitFor()
  await action(page, 'Remove star').click()
  await expect.poll(() => withFlag('F')).toBe(0)
  // Another program stars them all.
  const current = join(servers.maildir(alice), 'cur')
  for (const file of readdirSync(current))
    renameSync(join(current, file), join(current, file.replace(':2,', ':2,F')))
  await row(page, /Fink.*starred/).waitFor()
})

test('archiving moves to the archive, and the notice takes it back', async () => {
  const { page } = siegel
  await open(page, 'Elster')
  await action(page, 'Archive').click()
  await gone('Elster')
  await expect.poll(() => count('Archive')).toBe(1)
  expect(count()).toBe(5)
  await undoToast().click()
  await row(page, 'Elster').waitFor()
  await page.getByText('Undone for 1 message').waitFor()
  await expect.poll(() => count()).toBe(6)
  expect(count('Archive')).toBe(0)
})

test('deleting moves to the trash, and Ctrl+Z takes it back', async () => {
  const { page } = siegel
  await open(page, 'Dohle')
  await page.keyboard.press('Delete')
  await gone('Dohle')
  await expect.poll(() => count('Trash')).toBe(1)
  await page.keyboard.press('Control+z')
  await row(page, 'Dohle').waitFor()
  await expect.poll(() => [count(), count('Trash')]).toEqual([6, 0])
})

test('Ctrl+Z before the server has heard of it leaves everything as it was', async () => {
  const { page } = siegel
  await open(page, 'Dohle')
  await action(page, 'Delete').click()
  await page.keyboard.press('Control+z')
  await row(page, 'Dohle').waitFor()
  const call = pageCalls(page)
  await expect
    .poll(async () => (await call('tasks.list', {})).filter(task => task.state !== 'done'))
    .toEqual([])
  expect([count(), count('Trash')]).toEqual([6, 0])
})

test('a message goes to the folder whose name was begun, umlauts and all', async () => {
  const { page } = siegel
  await folder(page, 'Vögel').waitFor()
  await folder(page, 'Wälder').waitFor()
  await open(page, 'Buntspecht')
  await page.keyboard.press('v')
  const picker = page.getByRole('dialog', { name: 'Move 1 message to' })
  await picker.getByRole('combobox').fill('wal')
  await siegel.screenshot('move-picker-light')
  await page.keyboard.press('Enter')
  await gone('Buntspecht')
  await expect.poll(() => count('Vögel/Wälder')).toBe(1)
  await folder(page, 'Wälder').click()
  await open(page, 'Buntspecht')
  await folder(page, 'Inbox').click()
})

test('several messages are chosen and moved together', async () => {
  const { page } = siegel
  await row(page, 'Amsel').click()
  await row(page, 'Dohle').click({ modifiers: ['Shift'] })
  await reader(page).getByText('2 messages selected').waitFor()
  await action(page, 'Delete').click()
  await gone('Amsel')
  await gone('Dohle')
  await expect.poll(() => count('Trash')).toBe(2)
})

test('from the trash it is asked, and then gone for good', async () => {
  const { page } = siegel
  await folder(page, 'Trash').click()
  await open(page, 'Amsel')
  await action(page, 'Delete permanently').click()
  const question = page.getByRole('alertdialog')
  await question.getByText('Permanently delete 1 message?').waitFor()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await row(page, 'Amsel').waitFor()
  await action(page, 'Delete permanently').click()
  await question.getByRole('button', { name: /^Delete/ }).click()
  await gone('Amsel')
  await expect.poll(() => onServer('Trash').length).toBe(1)
  await folder(page, 'Inbox').click()
})

test('new mail appears by itself', async () => {
  await servers.deliver(alice, plainMessage({ subject: 'Heckenbraunelle', minute: 20 }), { through: 'lmtp' })
  await row(siegel.page, 'Heckenbraunelle').waitFor()
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
