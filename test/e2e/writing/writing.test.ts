import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccountByPage, plainMessage } from '../support/accounts'
import { answerDialogs, collectComplaints, composer, folder, open, reader, row } from '../support/drive'
import { type Launched, launch, launchOn } from '../support/launch'
import { pageCalls } from '../support/page-calls'

let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Drafts', 'Sent', 'Archive', 'Trash']) servers.maildir('alice@rig.test', mailbox)
  await servers.deliver('alice@rig.test', plainMessage({ subject: 'Zaunkönig', text: 'Where does it nest?' }))
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await call('settings.set', { undoSendSeconds: 0 })
  await row(siegel.page, 'Zaunkönig').waitFor()
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

/** Messages a mailbox of the server holds, as they lie on its disk. */
const onServer = (address: string, mailbox = 'INBOX'): readonly string[] =>
  ['cur', 'new'].flatMap(name => {
    const directory = join(servers.maildir(address, mailbox), name)
    return readdirSync(directory).map(file => readFileSync(join(directory, file), 'utf8'))
  })
const bobGot = (text: string) => onServer('bob@rig.test').filter(message => message.includes(text))

/** Starts a message to Bob. */
const write = async (subject: string, text: string): Promise<void> => {
  const { page } = siegel
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await composer(page).getByRole('combobox', { name: 'To' }).fill('bob@rig.test')
  await composer(page).getByRole('textbox', { name: 'Subject' }).fill(subject)
  await composer(page).getByRole('textbox', { name: 'Text of the message' }).fill(text)
}
const send = () => composer(siegel.page).getByRole('button', { name: 'Send', exact: true }).click()

test('a message with an attachment arrives on the other side, and a copy lies in Sent', async () => {
  const { page, app } = siegel
  const file = join(siegel.desktop.directory, 'Nistkasten Übersicht.txt')
  writeFileSync(file, 'three boxes, south side\n')
  await answerDialogs(app, { open: [file] })
  await write('Nest boxes', 'Here is the list.\n\nAlice')
  await composer(page).getByRole('button', { name: 'Attach files' }).click()
  await composer(page).getByText('Nistkasten Übersicht.txt').waitFor()
  await siegel.screenshot('compose-light')
  await send()
  await composer(page).waitFor({ state: 'detached' })
  await expect.poll(() => bobGot('Subject: Nest boxes')).toHaveLength(1)
  const [message = ''] = bobGot('Subject: Nest boxes')
  expect(message).toMatch(/^From: "?Alice Rig"? <alice@rig.test>/m)
  expect(message).toContain('Here is the list.')
  expect(message).toContain(Buffer.from('three boxes, south side\n').toString('base64'))
  expect(message).not.toMatch(/^(User-Agent|X-Mailer):/m)
  await expect
    .poll(() => onServer('alice@rig.test', 'Sent').filter(copy => copy.includes('Nest boxes')))
    .toHaveLength(1)
  await folder(page, 'Sent').click()
  await row(page, /To bob.*Nest boxes.*has attachments/).waitFor()
  await folder(page, 'Inbox').click()
})

test('an answer quotes, belongs to the conversation and marks what it answers', async () => {
  const { page } = siegel
  await open(page, 'Zaunkönig')
  await reader(page).getByRole('button', { name: 'Reply', exact: true }).click()
  const text = composer(page).getByRole('textbox', { name: 'Text of the message' })
  await text.waitFor()
  expect(await text.inputValue()).toContain('> Where does it nest?')
  await page.keyboard.type('In the ivy.')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => bobGot('In the ivy.')).toHaveLength(1)
  const [answer = ''] = bobGot('In the ivy.')
  expect(answer).toMatch(/^In-Reply-To: <zaunk[^>]*@rig\.test>/im)
  expect(answer).toMatch(/^References: <zaunk[^>]*@rig\.test>/im)
  await row(page, /Zaunkönig.*answered/).waitFor()
})

test('sending can be taken back while the offer stands, and nothing has left', async () => {
  const { page } = siegel
  await pageCalls(page)('settings.set', { undoSendSeconds: 4 })
  await write('Too hasty', 'I never want to see you again')
  await send()
  await page.getByText('The message is on its way.').waitFor()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  const text = composer(page).getByRole('textbox', { name: 'Text of the message' })
  await text.waitFor()
  expect(await text.inputValue()).toContain('I never want to see you again')
  await composer(page).getByRole('button', { name: 'Discard draft' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
  await composer(page).waitFor({ state: 'detached' })
  // What is sent after it, with the same time to think, arrives; by then this one would have, too.
  await write('Thought about', 'I would like to see you again')
  await send()
  await expect.poll(() => bobGot('Subject: Thought about')).toHaveLength(1)
  expect(bobGot('Too hasty')).toEqual([])
  expect(await pageCalls(page)('outbox.list', {})).toEqual(
    expect.not.arrayContaining([expect.objectContaining({ subject: 'Too hasty' })]),
  )
  await pageCalls(page)('settings.set', { undoSendSeconds: 0 })
})

test('a forgotten attachment and a missing subject are asked about, a missing recipient stops it', async () => {
  const { page } = siegel
  await write('', 'The plan is attached.')
  await send()
  await page.getByText('Send without a subject?').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await composer(page).getByRole('textbox', { name: 'Subject' }).fill('Plan')
  await send()
  await page.getByText('Send without an attachment?').waitFor()
  await siegel.screenshot('compose-question-light')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await composer(page).getByRole('button', { name: 'Remove bob@rig.test' }).click()
  await send()
  await page.getByText('Add at least one address.').waitFor()
  await page.keyboard.press('Escape')
  await composer(page).getByRole('button', { name: 'Discard draft' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
  await composer(page).waitFor({ state: 'detached' })
})

test('while the server is away a message waits and says why; when it is back it is sent', async () => {
  const { page } = siegel
  await servers.stopSmtp()
  await write('Patience', 'It can wait.')
  await send()
  await composer(page).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Connection and pending changes/ }).click()
  const activity = page.getByRole('dialog', { name: 'Activity' })
  await activity.getByText(/Will be sent|Waiting to be sent|Next attempt/).waitFor()
  await activity.getByText(/The server does not answer on this port/).waitFor()
  await siegel.screenshot('activity-waiting-light')
  await servers.startSmtp()
  await activity.getByText(/^Sent/).first().waitFor({ timeout: 90_000 })
  await expect.poll(() => bobGot('Subject: Patience')).toHaveLength(1)
  await page.keyboard.press('Escape')
})

test('what was written is there again after the program was killed', async () => {
  await write('Hurried', 'These words were typed just now')
  const kept = async () => (await pageCalls(siegel.page)('drafts.list', {})).map(each => each.content.text)
  await expect.poll(kept).toContainEqual(expect.stringContaining('These words were typed just now'))
  const ended = once(siegel.app.process(), 'exit')
  siegel.app.process().kill('SIGKILL')
  await ended
  siegel = await launchOn(siegel.desktop, { profile: siegel.profile })
  complaints = [...complaints, ...collectComplaints(siegel.page)]
  await folder(siegel.page, 'Drafts').click()
  await row(siegel.page, 'Hurried').dblclick()
  const text = composer(siegel.page).getByRole('textbox', { name: 'Text of the message' })
  await text.waitFor()
  expect(await text.inputValue()).toContain('These words were typed just now')
  await composer(siegel.page).getByText('Saved here and on the server').waitFor({ timeout: 90_000 })
  const drafts = onServer('alice@rig.test', 'Drafts')
  expect(drafts.filter(draft => draft.includes('These words were typed just now'))).toHaveLength(1)
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
