import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { english, german } from '../../../renderer/features/languages'
import type { ConversationId } from '../../../shared/features/chat/model'
import type { AccountId } from '../../../shared/kit/ids'
import { screenshotPng } from '../../fixtures/mail/outgoing/images'
import { type ProsodyServer, startProsody } from '../../rig/prosody-server'
import { until } from '../../support/until'
import { answerDialogs, collectComplaints } from '../support/drive'
import { faultsForAll } from '../support/faults-for-all'
import { type Launched, launch, launchOn, showTheme } from '../support/launch'
import { pageCalls, rawCall } from '../support/page-calls'

const words = english.chat

type Person = Readonly<{ siegel: Launched; accountId: AccountId; complaints: readonly string[] }>

let server: ProsodyServer
let alice: Person
let bob: Person

const call = (person: Person) => pageCalls(person.siegel.page)
const room = ({ siegel }: Person) => siegel.page.getByRole('main', { name: words.title })
const log = (person: Person) => room(person).getByRole('log')
const written = (person: Person, text: string) => log(person).getByRole('article').filter({ hasText: text })
/** Where one writes to the other one. */
const field = (person: Person) => room(person).getByRole('textbox', { name: /alice|bob/ })
const line = (person: Person, name: string) => room(person).getByRole('option', { name: new RegExp(name) })
const press = async ({ siegel }: Person, ...keys: string[]) => {
  for (const key of keys) await siegel.page.keyboard.press(key)
}
const bobAtAlice = async (): Promise<ConversationId> =>
  (await call(alice)('chat.open', { accountId: alice.accountId, address: 'bob@rig.test' })).conversationId

/** Kept only where somebody wants to look at them. */
const pictures = process.env['SIEGEL_PICTURES']
const picture = async (person: Person, name: string): Promise<void> => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await person.siegel.page.screenshot({ path: `${pictures}/${name}.png` })
}

async function begin(siegel: Launched, name: 'alice' | 'bob'): Promise<Person> {
  const complaints = collectComplaints(siegel.page)
  const asked = pageCalls(siegel.page)
  await asked('app.createProfile', { custody: 'keychain', passphrase: null })
  await asked('prefs.set', { language: 'en', theme: 'light' })
  const { id } = await asked('accounts.add', {
    config: {
      address: `${name}@rig.test`,
      displayName: name,
      services: {
        xmpp: {
          userName: `${name}@rig.test`,
          caPem: server.ca,
          // Files are put and fetched in a private network only where the own server was named there.
          server: { host: '127.0.0.1', port: server.tlsPort, security: 'tls' },
        },
      },
    },
    password: `${name}-pw`,
  })
  await siegel.page.getByRole('button', { name: words.title, exact: true }).click()
  await until(async () => {
    const { accounts } = await asked('chat.accounts', {})
    return accounts[0]?.state === 'online' && accounts[0].fingerprint !== null
  }, `${name} is online and has keys`)
  return { siegel, accountId: id, complaints }
}

beforeAll(async () => {
  // Who is cut off is seen to be away soon.
  server = await startProsody({ hibernationSeconds: 3 })
  const first = await launch()
  const second = await launchOn(first.desktop)
  alice = await begin(first, 'alice')
  bob = await begin(second, 'bob')
})
afterAll(async () => {
  await bob?.siegel.quit()
  await alice?.siegel.stop()
  await server?.stop()
})

test('a conversation is begun by keyboard, its first message is encrypted, and arrives as it was written', async () => {
  await room(alice).waitFor()
  await press(alice, 'n')
  const dialog = alice.siegel.page.getByRole('dialog', { name: words.begin.title })
  // The dialog is there a moment before its field has the keyboard.
  await dialog.locator('input:focus').waitFor()
  await alice.siegel.page.keyboard.type('bob@rig.test')
  await press(alice, 'Enter')
  await field(alice).fill('Hello *Bob* https://example.org/x')
  await press(alice, 'Enter')
  await written(alice, 'Hello').waitFor()
  // What was sent is no draft any more.
  const conversationId = await bobAtAlice()
  await until(
    async () => (await call(alice)('chat.conversation', { conversationId })).draft === '',
    'no draft',
  )
  await line(bob, 'alice').click({ timeout: 90_000 })
  await written(bob, 'Hello Bob').waitFor()
  expect(await written(bob, 'Hello Bob').locator('strong').textContent()).toBe('Bob')
  // A link is text: nothing of it is drawn, and nothing fetched.
  expect(await log(bob).locator('img').count()).toBe(0)
  const [message] = (await call(bob)('chat.search', { text: 'Hello', conversationId: null, limit: 1 }))
    .messages
  expect(message).toMatchObject({ encryption: expect.stringMatching(/^omemo/), trust: 'unverified' })
  expect(await faultsForAll(bob.siegel.page)).toEqual([])
  await picture(bob, 'chat-first')
})

test('an answer, a reaction, a correction and taking back reach the other side in words', async () => {
  await written(bob, 'Hello Bob').focus()
  await press(bob, 'r')
  await room(bob).getByText(words.composer.replying.replace('{{name}}', 'alice')).first().waitFor()
  await bob.siegel.page.keyboard.type('Hello yourself')
  await press(bob, 'Enter')
  await written(alice, 'Hello yourself').waitFor()
  const asked = call(alice)
  const [answer] = (await asked('chat.search', { text: 'yourself', conversationId: null, limit: 1 })).messages
  await asked('chat.react', { id: answer!.id, emoji: ['👍'] })
  await written(bob, 'Hello yourself').getByRole('button', { name: /👍/ }).waitFor()
  await field(bob).focus()
  await press(bob, 'ArrowUp')
  await room(bob).getByText(words.composer.editing).waitFor()
  await bob.siegel.page.keyboard.type(' and yours')
  await press(bob, 'Enter')
  await written(alice, 'Hello yourself and yours').waitFor()
  await written(alice, 'Hello yourself and yours').getByText(words.message.edited).first().waitFor()
  const [own] = (await call(bob)('chat.search', { text: 'yours', conversationId: null, limit: 1 })).messages
  await call(bob)('chat.retract', { id: own!.id, reason: '' })
  await written(alice, words.message.retracted.author).waitFor()
})

test('a text that is to be hidden is read by a press only, and stands in no preview', async () => {
  const hide = room(alice).getByRole('button', { name: words.composer.spoiler })
  await hide.click()
  await field(alice).fill('the gardener did it')
  await press(alice, 'Enter')
  const shut = log(bob).getByRole('article').filter({ hasText: words.message.spoiler })
  await shut.waitFor()
  expect(await room(bob).getByText('the gardener').count()).toBe(0)
  expect(await hide.getAttribute('aria-pressed')).toBe('false')
  await shut.getByRole('button', { name: words.message.showSpoiler }).click()
  await written(bob, 'the gardener did it').waitFor()
})

test('a message is taken back before it leaves, and its text is there again', async () => {
  await field(alice).fill('not this')
  await press(alice, 'Enter')
  await written(alice, 'not this').getByRole('button', { name: /^Undo/ }).click()
  await until(async () => (await field(alice).inputValue()) === 'not this', 'its text is there again')
  await written(alice, 'not this').waitFor({ state: 'detached' })
  await field(alice).fill('')
  const conversationId = await bobAtAlice()
  await until(
    async () => (await call(alice)('chat.conversation', { conversationId })).draft === '',
    'no draft is left of it',
  )
})

/** As the desktop's clipboard gives it, or a drop of it. */
const give = (person: Person, how: 'paste' | 'drop', name: string, type: string, bytes: Uint8Array) =>
  field(person).evaluate(
    (box, file) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(file.bytes)], file.name, { type: file.type }))
      const facts = { bubbles: true, cancelable: true }
      box.dispatchEvent(
        file.how === 'paste'
          ? new ClipboardEvent('paste', { ...facts, clipboardData: data })
          : new DragEvent('drop', { ...facts, dataTransfer: data }),
      )
    },
    { how, name, type, bytes: [...bytes] },
  )

test('a pasted picture leaves cleaned and sealed, is drawn after it was fetched, and is saved as it came', async () => {
  await give(alice, 'paste', 'holiday.png', 'image/png', screenshotPng())
  await room(alice)
    .getByRole('button', { name: words.composer.removeFile.replace('{{name}}', 'holiday.png') })
    .waitFor()
  await field(alice).focus()
  await press(alice, 'Enter')
  await written(alice, 'holiday.png').getByRole('img').waitFor()
  const fetchButton = log(bob).getByRole('article').getByRole('button', { name: words.files.show })
  await fetchButton.waitFor()
  // Nothing of it is here before somebody wants it.
  expect(
    await log(bob)
      .getByRole('img', { name: /Picture/ })
      .count(),
  ).toBe(0)
  await picture(bob, 'chat-file-there')
  await fetchButton.click()
  const drawn = log(bob).getByRole('img', { name: /Picture/ })
  await until(
    () => drawn.evaluate(image => image instanceof HTMLImageElement && image.naturalWidth > 0),
    'the picture is drawn',
  )
  const directory = mkdtempSync(join(bob.siegel.desktop.directory, 'saved-'))
  await answerDialogs(bob.siegel.app, { open: [directory] })
  await log(bob).getByRole('article').getByRole('button', { name: words.files.save }).click()
  const read = () => readdirSync(directory).map(name => readFileSync(join(directory, name)))
  await until(() => read()[0]?.includes('IEND') === true, 'all of the file is saved')
  const [saved] = read() as [Buffer]
  expect(saved.subarray(1, 4).toString()).toBe('PNG')
  expect(saved.toString('latin1')).not.toContain('secret')
  expect(await faultsForAll(bob.siegel.page)).toEqual([])
  await picture(bob, 'chat-file-here')
})

test('how large a file may be is known, and one that is dropped without a server waits and goes when it is back', async () => {
  const { largestFileBytes } = (await call(alice)('chat.accounts', {})).accounts[0]!
  expect(largestFileBytes).toBe(16 * 1024 * 1024 - 16)
  await server.kill()
  await give(alice, 'drop', 'notes.txt', 'text/plain', Buffer.from('what was said'))
  await field(alice).focus()
  await press(alice, 'Enter')
  await written(alice, 'notes.txt')
    .getByRole('button', { name: words.files.stop })
    .or(written(alice, 'notes.txt').getByText(words.message.waits.upload))
    .first()
    .waitFor()
  await server.restart()
  for (const { siegel, accountId } of [alice, bob])
    await until(async () => (await rawCall(siegel.page, 'chat.sync', { accountId })).ok, 'the server is back')
  await log(bob)
    .getByRole('article')
    .getByRole('button', { name: words.files.fetch })
    .waitFor({ timeout: 90_000 })
})

test('the number of a device is compared, and the conversation says so', async () => {
  const theirs = (await call(bob)('chat.accounts', {})).accounts[0]!.fingerprint
  await press(alice, 'Control+Shift+k')
  const dialog = alice.siegel.page.getByRole('dialog', { name: /Devices of/ })
  await dialog.waitFor()
  await until(
    async () => ((await dialog.textContent()) ?? '').replaceAll(' ', '').includes(theirs!),
    'the number of the device',
  )
  expect(await faultsForAll(alice.siegel.page)).toEqual([])
  await picture(alice, 'chat-devices')
  await dialog.getByRole('button', { name: words.devices.compare }).first().click()
  await alice.siegel.page.getByRole('button', { name: words.compare.same }).click()
  await dialog.getByText(words.devices.trust.verified).first().waitFor()
  await press(alice, 'Escape')
  await room(alice)
    .getByRole('button', { name: words.mode.label.replace('{{mode}}', words.mode.verified) })
    .waitFor()
})

test('only a question makes a conversation unencrypted, and the other side sees it at the message', async () => {
  await room(alice)
    .getByRole('button', { name: /^Encryption:/ })
    .click()
  await alice.siegel.page.getByRole('menuitem', { name: words.mode.toClear }).click()
  const question = alice.siegel.page.getByRole('alertdialog', { name: words.mode.clearTitle })
  await question.getByRole('button', { name: english.common.cancel }).click()
  expect((await call(alice)('chat.conversation', { conversationId: await bobAtAlice() })).mode).toBe(
    'encrypted',
  )
  await room(alice)
    .getByRole('button', { name: /^Encryption:/ })
    .click()
  await alice.siegel.page.getByRole('menuitem', { name: words.mode.toClear }).click()
  await question.getByRole('button', { name: words.mode.clearConfirm }).click()
  await room(alice)
    .getByRole('button', { name: words.mode.label.replace('{{mode}}', words.mode.clear) })
    .waitFor()
  await field(alice).fill('open words')
  await press(alice, 'Enter')
  await written(bob, 'open words').getByText(words.message.unlocked).first().waitFor()
  // A message in clear is marked, and changes nothing about how bob writes.
  const [theirs] = (await call(bob)('chat.conversations', { which: 'conversations' })).conversations
  expect(theirs).toMatchObject({ mode: 'encrypted', hold: null })
  await picture(bob, 'chat-clear')
})

test('by keyboard alone: through the messages, back to the text, and round the panes', async () => {
  await field(alice).focus()
  await press(alice, 'Shift+F6')
  const focusedRow = () =>
    alice.siegel.page.evaluate(() => document.activeElement?.closest('section')?.getAttribute('aria-label'))
  expect(await focusedRow()).toBe(words.log.label)
  await log(alice).getByRole('article').last().focus()
  await press(alice, 'Home', 'ArrowDown', 'ArrowUp')
  expect(await alice.siegel.page.evaluate(() => document.activeElement?.tagName)).toBe('ARTICLE')
  await press(alice, 'ContextMenu')
  await alice.siegel.page.getByRole('menuitem', { name: new RegExp(words.message.reply) }).waitFor()
  await press(alice, 'Escape')
  await until(
    () => alice.siegel.page.evaluate(() => document.activeElement?.tagName === 'ARTICLE'),
    'the message has the focus again',
  )
  await press(alice, 'Escape')
  await until(
    () => alice.siegel.page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA'),
    'the text has the focus',
  )
})

test('without the server it says so, what is written waits, and goes when it is back', async () => {
  await server.kill()
  await field(alice).fill('later')
  await press(alice, 'Enter')
  await room(alice)
    .getByText(words.connection.waiting)
    .or(room(alice).getByText(words.connection.connecting))
    .first()
    .waitFor()
  await picture(alice, 'chat-offline')
  await server.restart()
  // A try that was on its way when the server was gone may end after this one began.
  for (const { siegel, accountId } of [alice, bob])
    await until(async () => (await rawCall(siegel.page, 'chat.sync', { accountId })).ok, 'the server is back')
  await written(bob, 'later').waitFor({ timeout: 90_000 })
  await room(alice)
    .getByText(/waits to be sent/)
    .waitFor({ state: 'detached' })
})

test('what was said is found where mail is searched and leads to its place, and a history goes into a file', async () => {
  const { page, app, desktop } = alice.siegel
  await page.getByRole('button', { name: english.app.rail.mail, exact: true }).click()
  const search = page.getByRole('searchbox', { name: english.mail.search.label })
  await search.fill('in:chat hello')
  const found = page.getByRole('region', { name: english.find.label }).getByRole('button', { name: /Hello/ })
  await found.first().waitFor()
  expect(await faultsForAll(page)).toEqual([])
  await picture(alice, 'chat-found')
  await found.first().click()
  await written(alice, 'Hello').first().waitFor()

  await room(alice).locator('.chat-head').getByRole('button', { name: words.head.more }).click()
  await page.getByRole('menuitem', { name: words.head.details }).click()
  const dialog = page.getByRole('dialog')
  const path = join(desktop.directory, 'history.jsonl')
  await answerDialogs(app, { save: path })
  await dialog.getByRole('button', { name: words.details.export }).scrollIntoViewIfNeeded()
  await picture(alice, 'chat-details')
  await dialog.getByRole('button', { name: words.details.export }).click()
  // It is there a moment before all of it is written.
  await until(() => existsSync(path) && readFileSync(path, 'utf8').includes('later'), 'the history is saved')
  expect(readFileSync(path, 'utf8').split('\n')[1]).toContain('Hello *Bob*')
  expect(await faultsForAll(page)).toEqual([])
  await press(alice, 'Escape')
  await dialog.waitFor({ state: 'detached' })
})

test('from a contact to the chat, and on by mail when the other one is away', async () => {
  const { page } = alice.siegel
  await call(alice)('accounts.addSample', {})
  const [book] = await call(alice)('contacts.books', {})
  const { id } = await call(alice)('contacts.add', {
    bookId: book!.id,
    fields: {
      displayName: 'Bob Rig',
      emails: [{ value: 'bob@rig.test', types: [], label: '', preferred: false }],
    },
  })
  expect(id).toBeGreaterThan(0)
  await page.getByRole('button', { name: english.contacts.title, exact: true }).click()
  await page.getByRole('option', { name: /Bob Rig/ }).click()
  const chats = page.getByRole('region', { name: english.contacts.with.chat })
  await chats.getByRole('button', { name: /later/ }).waitFor()
  expect(await faultsForAll(page)).toEqual([])
  await picture(alice, 'chat-contact')
  await chats.getByRole('button', { name: /later/ }).click()
  await field(alice).waitFor()
  await field(alice).fill('rather by mail')
  await call(bob)('accounts.switchService', { accountId: bob.accountId, service: 'xmpp', isOff: true })
  await room(alice).getByText(words.away.offline).waitFor()
  await picture(alice, 'chat-away')
  await room(alice).getByRole('button', { name: words.away.byMail }).click()
  const draft = async () => (await call(alice)('drafts.list', {}))[0]?.content
  await until(async () => (await draft())?.to[0]?.address === 'bob@rig.test', 'a draft of mail')
  expect((await draft())?.text).toContain('rather by mail')
  await until(async () => (await field(alice).inputValue()) === '', 'the text is in the mail now')
})

test('in German, in the dark and in a small window it says the same, and axe finds nothing serious', async () => {
  await call(alice)('prefs.set', { language: 'de' })
  await showTheme(alice.siegel.page, 'dark')
  await alice.siegel.page.getByRole('main', { name: german.chat.title }).waitFor()
  expect(await faultsForAll(alice.siegel.page)).toEqual([])
  await picture(alice, 'chat-dark-de')
  for (const person of [alice, bob]) expect(person.complaints).toEqual([])
})
