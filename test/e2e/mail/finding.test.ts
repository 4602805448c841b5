import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccountByPage, plainMessage } from '../support/accounts'
import { collectComplaints, composer, open, reader, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

const alice = 'alice@rig.test'
/** Messages of the conversation; the one that is looked for is `wanted`. */
const answers = 14
const wanted = 7

const sentBy = (person: string, to: string, subject: string, more: readonly string[] = []): string =>
  plainMessage({ subject })
    .replace(/^From: .*$/m, `From: ${person}`)
    .replace(/^To: .*$/m, `To: ${to}`)
    .replace(/^(Subject: .*)$/m, ['$1', ...more].join('\r\n'))

const conversation = (at: number): string =>
  plainMessage({
    subject: at === 1 ? 'Gartenfest' : 'Re: Gartenfest',
    minute: at,
    id: `fest${at}`,
    text: at === wanted ? 'Die Lampions bringt Łucja.' : `Antwort ${at}.`,
  }).replace(
    /^(Subject: .*)$/m,
    at === 1 ? '$1' : `$1\r\nIn-Reply-To: <fest${at - 1}@rig.test>\r\nReferences: <fest1@rig.test>`,
  )

const files = [
  'Quartalsbericht der Abteilung Einkauf und Logistik 2025 Teil 1.pdf',
  'Quartalsbericht der Abteilung Einkauf und Logistik 2025 Teil 2.pdf',
  'Quartalsbericht der Abteilung Einkauf und Logistik 2025 Teil 3.xlsx',
  'a.txt',
  ...Array.from({ length: 12 }, (_, at) => `Bild vom Sommerfest auf der großen Wiese ${at + 1}.txt`),
]
const withFiles = (): string => {
  const people = Array.from(
    { length: 40 },
    (_, at) => `Person mit langem Namen Nummer ${at} <person${at}@example.org>`,
  )
  const parts = files.map(
    name =>
      `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}\r\n\r\nbytes of ${name.length}\r\n`,
  )
  return sentBy('Bob Rig <bob@rig.test>', people.slice(0, 20).join(',\r\n '), 'Viele Dateien', [
    `Cc: ${people.slice(20).join(',\r\n ')}`,
  ])
    .replace(
      'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit',
      'Content-Type: multipart/mixed; boundary=b',
    )
    .replace(
      /\r\n\r\n[\s\S]*$/,
      `\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the files.\r\n${parts.join('')}--b--\r\n`,
    )
}

let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  servers = await startMailServers()
  for (let at = 1; at <= answers; at += 1) await servers.deliver(alice, conversation(at))
  await servers.deliver(alice, withFiles())
  await servers.deliver(
    alice,
    sentBy('Bob Rig <bob@rig.test>', 'Alice Rig <alice@rig.test>', 'Smørrebrød received'),
  )
  await servers.deliver(
    alice,
    sentBy('Alice Rig <alice@rig.test>', 'Zoë Ångström <zoe@company.example>', 'Smørrebrød sent'),
    { mailbox: 'Sent', flags: ['\\Seen'] },
  )
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  await pageCalls(siegel.page)('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await row(siegel.page, 'Smørrebrød received').waitFor()
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

const searchFor = async (text: string) => {
  await siegel.page.getByRole('searchbox').fill(text)
  await siegel.page.getByRole('searchbox').press('Enter')
}

test('a search over everything shows recipients of what was sent and senders of what was received', async () => {
  const { page } = siegel
  await searchFor('smorrebrod')
  await row(page, /To Zoë Ångström.*Smørrebrød sent/).waitFor()
  await row(page, /Bob Rig.*Smørrebrød received/).waitFor()
  await siegel.screenshot('search-sent-and-received')
})

test('a conversation opens at the message that was found, and stays there when another comes', async () => {
  const { page } = siegel
  await searchFor('lucja')
  await row(page, 'Re: Gartenfest').click()
  const box = reader(page).getByRole('region', { name: 'Conversation' })
  const current = box.locator('[aria-current="true"]')
  await expect.poll(() => box.getByRole('listitem').count()).toBe(answers)
  expect(await current.innerText()).toContain('Lampions')
  /** Where the line stands within its list, in pixels from the top, and whether it is seen whole. */
  const place = () =>
    current.evaluate(line => {
      const list = line.closest('ol') as HTMLElement
      const [inner, outer] = [line.getBoundingClientRect(), list.getBoundingClientRect()]
      return {
        top: Math.round(inner.top - outer.top),
        isSeen: inner.top >= outer.top && inner.bottom <= outer.bottom,
      }
    })
  const before = await place()
  expect(before.isSeen).toBe(true)
  // In the middle, with what was before and after it.
  expect(before.top).toBeGreaterThan(20)
  expect(
    await reader(page)
      .locator('.reader-scroll')
      .evaluate(pane => pane.scrollTop),
  ).toBe(0)
  await siegel.screenshot('conversation-at-the-found')

  // Older than all others, so above.
  const early = plainMessage({ subject: 'Gartenfest', minute: 0, id: 'fest0', text: 'Ganz zuerst.' })
  await servers.deliver(alice, early.replace(/^(Subject: .*)$/m, '$1\r\nReferences: <fest1@rig.test>'))
  await pageCalls(page)('sync.now', { accountId: null })
  await expect.poll(() => box.getByRole('listitem').count()).toBe(answers + 1)
  expect(await place()).toEqual(before)
  // Another one of the conversation becomes the one that is seen.
  await box.getByRole('button').last().click()
  await expect.poll(() => current.innerText()).toContain(`Antwort ${answers}.`)
  expect((await place()).isSeen).toBe(true)
})

test('names that differ at the end are told apart, and saving all stands above the files', async () => {
  const { page } = siegel
  await page.getByRole('searchbox').press('Escape')
  await open(page, 'Viele Dateien')
  const list = reader(page).getByRole('region', { name: '16 attachments' })
  const ends = await list.locator('.file-name-end').allInnerTexts()
  expect(ends.slice(0, 3).map(end => end.slice(-10))).toEqual(['Teil 1.pdf', 'Teil 2.pdf', 'eil 3.xlsx'])
  const cut = await list
    .locator('.file-name-end')
    .evaluateAll(all => all.filter(end => end.scrollWidth > end.clientWidth + 1).length)
  expect(cut).toBe(0)
  const saveAll = list.getByRole('button', { name: 'Save all' })
  const before = await saveAll.boundingBox()
  await list.getByRole('button', { name: 'Show all 16 attachments' }).click()
  await expect.poll(() => list.getByRole('listitem').count()).toBe(16)
  expect(await saveAll.boundingBox()).toEqual(before)
  await siegel.screenshot('attachments-grid')
  await reader(page).getByRole('button', { name: 'Show all recipients' }).click()
  await siegel.screenshot('recipients-open')
  await pageCalls(page)('prefs.set', { theme: 'dark' })
  await page.emulateMedia({ colorScheme: 'dark' })
  await siegel.screenshot('attachments-grid-dark')
  await pageCalls(page)('prefs.set', { theme: 'light' })
  await page.emulateMedia({ colorScheme: 'light' })
})

test('the text of a draft stays where it is when it becomes known who can read it', async () => {
  const { page } = siegel
  await page.keyboard.press('Escape')
  await page
    .getByRole('button', { name: /^New message|^Write/ })
    .first()
    .click()
  const to = composer(page).getByRole('combobox', { name: 'To' })
  await to.waitFor()
  const text = composer(page).getByRole('textbox', { name: 'Message' })
  const before = await text.boundingBox()
  await siegel.screenshot('composer-empty')
  await to.fill('ang')
  await composer(page)
    .getByRole('option', { name: /Zoë Ångström/ })
    .waitFor()
  await siegel.screenshot('composer-suggestion')
  await to.press('Enter')
  await composer(page).locator('button.readers-line').waitFor()
  expect(await text.boundingBox()).toEqual(before)
  await siegel.screenshot('composer-reader')
})

test('the page complained of nothing', () => {
  expect(complaints).toEqual([])
})
