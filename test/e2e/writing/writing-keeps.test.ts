import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { editorVectors } from '../../fixtures/mail/editor-vectors'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { Gnupg } from '../../support/gnupg'
import { encryptedMime, textPart } from '../../support/protected-mail'
import { addRigAccountByPage, plainMessage } from '../support/accounts'
import {
  action,
  answerDialogs,
  collectComplaints,
  composer,
  folder,
  open,
  reader,
  row,
} from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { startNameServer } from '../support/name-server'
import { pageCalls } from '../support/page-calls'

const picture =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** A draft as another program leaves it: an answer, formatted, with a picture in the text and a place for answers. */
const theirDraft = (subject: string) =>
  [
    'From: Alice Rig <alice@rig.test>',
    'To: bob@rig.test',
    'Reply-To: office@rig.test',
    `Subject: ${subject}`,
    `Message-ID: <${subject.toLowerCase().replaceAll(' ', '-')}@rig.test>`,
    'In-Reply-To: <second@rig.test>',
    'References: <first@rig.test> <second@rig.test>',
    'Date: Mon, 23 Nov 2026 10:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary=b',
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Look: <img src="cid:pic@other.example" alt="a dot" width="40" height="40"></p>' +
      '<table><tr><td>2026</td><td>84.20</td></tr><tr><td>2025</td><td>7.00</td></tr></table>',
    '--b',
    'Content-Type: image/png; name=dot.png',
    'Content-Disposition: inline; filename=dot.png',
    'Content-ID: <pic@other.example>',
    'Content-Transfer-Encoding: base64',
    '',
    picture,
    '--b--',
    '',
  ].join('\r\n')

const gpg = new Gnupg()
let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Drafts', 'Sent', 'Archive', 'Trash']) servers.maildir('alice@rig.test', mailbox)
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  // Everything is on this machine: what does not come soon does not come.
  siegel.page.setDefaultTimeout(15_000)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  const account = await addRigAccountByPage(siegel.page, servers, 'alice')
  await call('settings.set', { undoSendSeconds: 0 })
  const key = await call('keys.generate', {
    name: 'Alice',
    address: 'alice@rig.test',
    accountId: account.id,
    version: 4,
    expiresAtMs: null,
  })
  gpg.import((await call('keys.exportPublic', { fingerprint: key.facts.fingerprint })).armored)
  gpg.generate('Anna <anna@rig.test>')
  await call('keys.importPublic', {
    bytes: new Uint8Array(gpg.publicKey('anna@rig.test')),
    address: null,
  })
  const armored = gpg.encrypted(textPart('The harbour at eight'), ['alice@rig.test'], {
    signer: 'anna@rig.test',
  })
  await servers.deliver(
    'alice@rig.test',
    encryptedMime(armored, {
      From: 'Anna <anna@rig.test>',
      'Reply-To': 'Anna <anna@rig.test.example>',
      To: 'Alice <alice@rig.test>',
      Subject: 'Sealed plan',
      Date: 'Mon, 23 Nov 2026 11:00:00 +0000',
      'Message-ID': '<sealed@rig.test>',
    }),
  )
  const crowd = Array.from({ length: 120 }, (_, at) => `person${at}@rig.test`).join(',\r\n ')
  await servers.deliver(
    'alice@rig.test',
    plainMessage({ subject: 'Crowd' }).replace('To: Alice Rig <alice@rig.test>', `To: ${crowd}`),
  )
  await row(siegel.page, 'Crowd').waitFor()
  await row(siegel.page, 'Sealed plan').waitFor()
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
  gpg.close()
})

const onServer = (address: string, mailbox: string): readonly string[] =>
  ['cur', 'new'].flatMap(name => {
    const directory = join(servers.maildir(address, mailbox), name)
    return readdirSync(directory).map(file => readFileSync(join(directory, file), 'utf8'))
  })
const drafts = () => pageCalls(siegel.page)('drafts.list', {})
const body = () => composer(siegel.page).getByRole('textbox', { name: 'Text of the message' })
const close = async () => {
  await siegel.page.keyboard.press('Escape')
  await composer(siegel.page).waitFor({ state: 'detached' })
}
/** Pastes as the system would hand it over. */
const paste = (data: Record<string, string>) =>
  body().evaluate((element, given) => {
    const clipboardData = new DataTransfer()
    for (const [type, value] of Object.entries(given)) clipboardData.setData(type, value)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, data)
const isFormatted = () => body().evaluate(element => element.classList.contains('rich-text'))
/** Opens a new message, formatted or not, whatever the settings say. */
const write = async (formatted: boolean) => {
  await siegel.page.getByRole('button', { name: 'Write', exact: true }).click()
  await body().waitFor()
  if ((await isFormatted()) !== formatted) {
    const name = formatted ? 'Write with formatting' : 'Write plain text'
    await composer(siegel.page).getByRole('button', { name }).click()
    await expect.poll(isFormatted).toBe(formatted)
  }
  await body().click()
}
const resize = async (width: number, height: number) => {
  await siegel.app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width, height },
  )
  await expect.poll(() => siegel.page.evaluate(() => innerWidth)).toBe(width)
}
const discard = async () => {
  await composer(siegel.page).getByRole('button', { name: 'Discard draft' }).click()
  await siegel.page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
  await composer(siegel.page).waitFor({ state: 'detached' })
}

test('a message that was opened and left leaves nothing, one with a word stays', async () => {
  const { page } = siegel
  const call = pageCalls(page)
  for (const formatted of [false, true]) {
    await write(formatted)
    await close()
    await expect.poll(drafts).toEqual([])
    await write(formatted)
    await page.keyboard.type('A word')
    await close()
    await expect.poll(async () => (await drafts()).map(each => each.content.text.trim())).toEqual(['A word'])
    const [kept] = await drafts()
    if (kept) await call('drafts.discard', { draftId: kept.id })
    await expect.poll(drafts).toEqual([])
  }
  // Begun and left by keys alone, before anything but the line of recipients had the focus.
  await page.keyboard.press('c')
  await composer(page).getByRole('combobox', { name: 'To', exact: true }).waitFor()
  await close()
  await expect.poll(drafts).toEqual([])
  // Formatted from the beginning, also in an answer, where the editor puts a line behind the quote by itself.
  await call('settings.set', { composeFormat: 'html' })
  const opensFormatted = async () => {
    await open(page, 'Crowd')
    await reader(page).getByRole('button', { name: 'Reply', exact: true }).click()
    await body().waitFor()
    const found = await isFormatted()
    await close()
    return found
  }
  await expect.poll(opensFormatted).toBe(true)
  await expect.poll(drafts).toEqual([])
  await call('settings.set', { composeFormat: 'plain' })
  expect(onServer('alice@rig.test', 'Drafts').filter(each => !each.includes('A word'))).toEqual([])
})

test('pasted tables keep their columns, formatted and in plain text', async () => {
  const sheet =
    '<style>td{}</style><table><caption>Paid</caption><tr><th>Year</th><th>Sum</th></tr>' +
    '<tr><td>2026</td><td>84.20</td></tr><tr><td rowspan=2>Anna<br>Bo</td><td><b>7</b></td></tr><tr><td>8</td></tr></table>'
  const tabbed = 'Year\tSum\n2026\t84.20\n"Anna\nBo"\t7\n'
  await write(true)
  await paste({ 'text/html': sheet, 'text/plain': tabbed })
  await expect.poll(() => body().innerText()).toContain('2026 | 84.20')
  expect(await body().innerText()).toMatch(
    /Paid[\s\S]*Year +\| Sum\n2026 +\| 84\.20\nAnna +\| 7\nBo +\|\n +\| 8/,
  )
  await siegel.screenshot('compose-table-light')
  await expect.poll(async () => (await drafts())[0]?.content.text).toContain('2026 | 84.20')
  expect((await drafts())[0]?.content.html).toMatch(/<pre><code>Year \| Sum\n2026 \| 84\.20/)
  await discard()

  const layout =
    '<table><tr><td><h1>Offer</h1><img src="https://x.example/a.png"></td><td><ul><li>one</li></ul></td><td>end</td></tr></table>'
  await write(true)
  await paste({ 'text/html': layout, 'text/plain': 'Offer\tone\tend' })
  await expect.poll(() => body().innerText()).toMatch(/Offer\s+one\s+end/)
  await discard()

  await write(false)
  await paste({ 'text/plain': tabbed })
  expect(await body().inputValue()).toContain('Year | Sum\n2026 | 84.20\nAnna | 7\nBo   |')
  await discard()
})

test('a draft of another program keeps picture, thread and Reply-To; looked at only, it stays as it was', async () => {
  const { page } = siegel
  await servers.deliver('alice@rig.test', theirDraft('Their draft'), {
    mailbox: 'Drafts',
    flags: ['\\Draft'],
  })
  await folder(page, 'Drafts').click()
  // The server tells of the inbox at once; the other folders are looked at in rounds.
  await pageCalls(page)('sync.now', { accountId: null })
  await row(page, 'Their draft').dblclick()
  await body().waitFor()
  await composer(page).getByText('Replies to this message go to office@rig.test.').waitFor()
  const shown = body().locator('img.rich-picture')
  await expect.poll(() => shown.evaluate(each => (each as HTMLImageElement).naturalWidth)).toBe(1)
  expect(await body().innerText()).toContain('2026 | 84.20')
  await siegel.screenshot('compose-picture-light')
  await close()
  await expect.poll(drafts).toEqual([])
  expect(
    onServer('alice@rig.test', 'Drafts').filter(each => each.includes('pic@other.example')),
  ).toHaveLength(1)

  await row(page, 'Their draft').dblclick()
  await body().waitFor()
  await body().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' and more')
  await page.keyboard.press('Control+Enter')
  const arrived = () =>
    onServer('bob@rig.test', 'INBOX').filter(each => each.includes('Subject: Their draft'))
  await expect.poll(arrived).toHaveLength(1)
  const [message = ''] = arrived()
  const id = /Content-ID: <([^>]*)>/.exec(message)?.[1] ?? 'none'
  expect(message.replaceAll(/=\r?\n/g, '')).toContain(`<img src=3D"cid:${id}" alt=3D"a dot" width=3D"40"`)
  expect(message).not.toContain('other.example')
  expect(message).toMatch(/^In-Reply-To: <second@rig\.test>/m)
  expect(message).toMatch(/^References: <first@rig\.test>\r?\n <second@rig\.test>/m)
  expect(message).toMatch(/^Reply-To: office@rig\.test/m)
  await folder(page, 'Inbox').click()
})

test('hostile HTML in a draft of the server or of the clipboard asks for nothing and leaves no element in the window', async () => {
  const { page } = siegel
  const before = complaints.length
  const strangers = () =>
    page.evaluate(() => ({
      asked: performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter(name => !name.startsWith('app:')),
      inEditor: [...document.querySelectorAll('.rich-text *')]
        .map(each => each.tagName.toLowerCase())
        .filter(
          name => !/^(a|b|strong|blockquote|br|code|em|h[1-6]|hr|i|img|li|ol|p|pre|s|span|ul)$/.test(name),
        ),
      elsewhere: document.querySelectorAll(
        'video,audio,track,base,object,embed,svg image,script[src*=tracker]',
      ).length,
    }))
  const hostile = theirDraft('Hostile draft').replace(/<p>Look.*/, `<p>Look</p>${editorVectors.join('')}`)
  await servers.deliver('alice@rig.test', hostile, { mailbox: 'Drafts', flags: ['\\Draft'] })
  await folder(page, 'Drafts').click()
  await pageCalls(page)('sync.now', { accountId: null })
  await row(page, 'Hostile draft').dblclick()
  await body().waitFor()
  await expect.poll(() => body().innerText()).toContain('Look')
  expect(await strangers()).toEqual({ asked: [], inEditor: [], elsewhere: 0 })
  await close()

  await write(true)
  // Some at a time: one that opens and never closes must not hide the rest.
  for (let at = 0; at < editorVectors.length; at += 12)
    await paste({ 'text/html': `<p>pasted</p>${editorVectors.slice(at, at + 12).join('')}` })
  await expect.poll(() => body().innerText()).toContain('pasted')
  expect(await strangers()).toEqual({ asked: [], inEditor: [], elsewhere: 0 })
  await discard()
  await folder(page, 'Inbox').click()
  expect(complaints.slice(before)).toEqual([])
})

test('everybody a message went to can be seen, and is reached by an answer to all', async () => {
  const { page } = siegel
  await open(page, 'Crowd')
  await reader(page).getByText('and 117 more').waitFor()
  await reader(page).getByRole('button', { name: 'Show all recipients' }).click()
  await reader(page).getByRole('button', { name: 'Show all 120' }).click()
  await reader(page).getByText('person119@rig.test').waitFor()
  // Nothing of the reader is beyond the edge of the smallest window.
  await resize(860, 560)
  const beyond = () =>
    reader(page).evaluate(pane =>
      [pane, ...pane.querySelectorAll('button, dd')]
        .filter(each => each.getBoundingClientRect().right > innerWidth)
        .map(each => each.outerHTML),
    )
  await expect.poll(beyond).toEqual([])
  await siegel.screenshot('reader-people-small-light')
  await resize(1280, 800)
  await reader(page).getByRole('button', { name: 'Reply to all', exact: true }).click()
  await body().waitFor()
  const [draft] = await drafts()
  expect([draft?.content.to, draft?.content.cc].map(list => list?.length)).toEqual([1, 120])
  await close()
  await expect.poll(drafts).toEqual([])
})

test('an answer to an encrypted message asks about people outside its protection, and leaves them out', async () => {
  const { page } = siegel
  const call = pageCalls(page)
  await open(page, 'Sealed plan')
  await reader(page).getByRole('button', { name: 'Reply', exact: true }).click()
  await body().waitFor()
  await composer(page).getByText('Outside the protection').waitFor()
  await siegel.screenshot('compose-unprotected-light')
  await page.keyboard.press('Control+Enter')
  const dialog = page.getByRole('dialog', { name: 'May they read this?' })
  await dialog.getByText('anna@rig.test.example').waitFor()
  await siegel.screenshot('compose-unprotected-question-light')
  for (const [language, theme] of [
    ['de', 'dark'],
    ['de', 'light'],
    ['en', 'dark'],
  ] as const) {
    await call('prefs.set', { language, theme })
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(language)
    await siegel.screenshot(`compose-unprotected-question-${language}-${theme}`)
  }
  await call('prefs.set', { language: 'en', theme: 'light' })
  expect(await call('outbox.list', {})).toEqual(
    expect.not.arrayContaining([expect.objectContaining({ subject: 'Re: Sealed plan' })]),
  )
  await dialog.getByRole('button', { name: /Remove them/ }).click()
  await composer(page).getByRole('button', { name: 'Remove Anna' }).waitFor()
  await expect
    .poll(async () => (await drafts())[0]?.content.to)
    .toEqual([{ name: 'Anna', address: 'anna@rig.test' }])
  await composer(page).getByText('Outside the protection').waitFor({ state: 'detached' })
  // Nothing was written, so nothing is asked.
  await composer(page).getByRole('button', { name: 'Discard draft' }).click()
  await composer(page).waitFor({ state: 'detached' })
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})

test('answering, forwarding, going on with a draft and a mailto: link ask nobody; a written address, a request and sending do', async () => {
  const { page, app } = siegel
  const call = pageCalls(page)
  const names = await startNameServer()
  try {
    await answerDialogs(app, { button: 1 })
    const resolver = { kind: 'tcp', host: '127.0.0.1', port: names.port } as const
    await call('transport.chooseServers', { servers: [resolver] })
    await call('settings.set', { lookups: true })
    const asked = (domain: string) => names.asked.some(name => name.endsWith(domain))
    const token = (subject: string) =>
      plainMessage({ subject })
        .replace('Bob Rig <bob@rig.test>', 'Bob <bob@t0k3n-4711.spy.test>')
        .replace(
          'To: Alice Rig <alice@rig.test>',
          'To: Alice Rig <alice@rig.test>, Eve <eve@other-t0k3n.spy.test>',
        )
    await servers.deliver('alice@rig.test', token('Spying'))
    await servers.deliver(
      'alice@rig.test',
      token('Spying draft').replace(/^From: .*$/m, 'From: Alice Rig <alice@rig.test>'),
      { mailbox: 'Drafts', flags: ['\\Draft'] },
    )
    await call('sync.now', { accountId: null })
    await open(page, 'Spying')
    for (const name of ['Reply', 'Reply to all', 'Forward']) {
      await action(page, name).click()
      await body().waitFor()
      if (name !== 'Forward') await composer(page).getByText('Look up how').waitFor()
      await close()
    }
    await folder(page, 'Drafts').click()
    await row(page, 'Spying draft').dblclick()
    await composer(page).getByText('Look up how').waitFor()
    await close()
    await call('links.open', { url: 'mailto:eve@linked.spy.test?cc=x@cc.spy.test&subject=Link' })
    await composer(page).getByText('Look up how 2').waitFor()
    await close()
    // What is asked comes in order: had anybody been asked about before, it would be there by now.
    await write(false)
    await composer(page).getByRole('combobox', { name: 'To' }).fill('new@written.test,')
    await body().click()
    await expect.poll(() => asked('written.test')).toBe(true)
    expect(names.asked.filter(name => name.endsWith('spy.test'))).toEqual([])
    await close()

    await folder(page, 'Inbox').click()
    await open(page, 'Spying')
    await action(page, 'Reply').click()
    await siegel.screenshot('compose-not-asked-light')
    await composer(page).getByText('Look up how 1').click()
    await expect.poll(() => asked('t0k3n-4711.spy.test')).toBe(true)
    expect(asked('other-t0k3n.spy.test')).toBe(false)
    await close()

    await action(page, 'Reply to all').click()
    await composer(page).getByText('Look up how 2').waitFor()
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => asked('other-t0k3n.spy.test')).toBe(true)
  } finally {
    await call('settings.set', { lookups: false })
    await names.stop()
  }
})
