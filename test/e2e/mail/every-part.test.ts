import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MessageId } from '../../../shared/kit/ids'
import { photoJpeg, screenshotPng } from '../../fixtures/mail/outgoing/images'
import { answerDialogs, bodyDocument, collectComplaints, open, reader } from '../support/drive'
import { importMail } from '../support/encrypted-mail'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

const folder = mkdtempSync(join(tmpdir(), 'siegel-parts-'))
let siegel: Launched
let complaints: readonly string[]
let pictures: MessageId | undefined

const base64 = (bytes: Uint8Array | string) =>
  Buffer.from(bytes)
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n')
const file = (type: string, disposition: string, bytes: Uint8Array | string) =>
  `Content-Type: ${type}\r\nContent-Disposition: ${disposition}\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(bytes)}`
const words = (text: string, type = 'text/plain') => `Content-Type: ${type}; charset=utf-8\r\n\r\n${text}`
const parts = (kind: string, list: readonly string[], boundary = 'b') =>
  `Content-Type: multipart/${kind}; boundary=${boundary}\r\n\r\n${list.map(part => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`
const mail = (subject: string, entity: string) =>
  `From: Paula Sommer <paula@friends.example>\r\nTo: me@rig.test\r\nSubject: ${subject}\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nMessage-ID: <${subject.replaceAll(' ', '-')}@friends.example>\r\nMIME-Version: 1.0\r\n${entity}`

const mails: readonly (readonly [subject: string, entity: string])[] = [
  [
    'Three pictures',
    parts('alternative', [
      words('Look at the garden and the plan.'),
      parts(
        'mixed',
        [
          words('<p>Look, this is <b>the garden</b> now:</p>', 'text/html'),
          file('image/jpeg; name="garden.jpg"', 'inline; filename="garden.jpg"', photoJpeg()),
          words('<p>and this is the plan for the spring:</p>', 'text/html'),
          file('image/png; name="plan.png"', 'inline; filename="plan.png"', screenshotPng()),
          words('<p>The offer is in the PDF.</p>', 'text/html'),
          file('application/pdf; name="offer.pdf"', 'inline; filename="offer.pdf"', '%PDF-1.7\n'),
        ],
        'inner',
      ),
    ]),
  ],
  [
    'From the phone',
    parts('mixed', [
      words('This is the view from the window. The map: https://friends.example/map.'),
      file('image/jpeg; name="IMG_1.jpg"', 'inline; filename="IMG_1.jpg"', photoJpeg()),
      words('Sent from my phone'),
    ]),
  ],
  [
    'Nameless',
    parts('mixed', [
      words('Some files that their program gave no name.'),
      file('application/octet-stream', 'attachment', screenshotPng()),
      file('application/octet-stream', 'attachment', '%PDF-1.7\n'),
      file('application/x-unheard-of', 'inline', Uint8Array.of(1, 2, 3, 250)),
      file('application/octet-stream', 'attachment', 'MZ\u0000\u0001'),
    ]),
  ],
  [
    'Notes',
    words(
      '# Notes of the meeting\n\n- the boat is *grey*\n- it leaves at eight\n\nMore at https://friends.example/notes.',
      'text/markdown',
    ).replaceAll('\n', '\r\n'),
  ],
]

beforeAll(async () => {
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await call('accounts.addSample', {})
  const inbox = (await call('mailboxes.list', {})).find(each => each.role === 'inbox')
  if (inbox === undefined) throw new Error('no inbox')
  for (const [subject, entity] of mails) {
    const path = join(folder, `${subject}.eml`)
    writeFileSync(path, mail(subject, entity))
    await importMail(siegel, inbox.id, path)
  }
  const { ids } = await call('messages.index', {
    mailboxId: inbox.id,
    role: null,
    unreadOnly: false,
    flaggedOnly: false,
  })
  const rows = await call('messages.summaries', { ids })
  pictures = rows.find(each => each.subject === 'Three pictures')?.id
})
afterAll(async () => {
  await siegel?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const listed = async () => {
  const names = reader(siegel.page).locator('.file-name')
  await names.first().waitFor()
  return names.allTextContents()
}
const loaded = (at: number) =>
  bodyDocument(siegel.page)
    .locator('img')
    .nth(at)
    .evaluate(image => (image as HTMLImageElement).naturalWidth > 0)

test('pictures between the texts of Apple Mail stand where they were put, and can be saved', async () => {
  const { page } = siegel
  await open(page, 'Three pictures')
  await bodyDocument(page).getByText('The offer is in the PDF.').waitFor()
  await expect.poll(() => loaded(0)).toBe(true)
  await expect.poll(() => loaded(1)).toBe(true)
  const text = await bodyDocument(page).locator('body').innerText()
  expect(text.replace(/\s+/g, ' ').trim()).toBe(
    'Look, this is the garden now: and this is the plan for the spring: The offer is in the PDF.',
  )
  expect(await listed()).toEqual(['garden.jpg', 'plan.png', 'offer.pdf'])
  await siegel.screenshot('parts-apple-light')
})

test('a picture between two plain texts is shown there, and an address in the text is still a link', async () => {
  const { page } = siegel
  await open(page, 'From the phone')
  await bodyDocument(page).getByText('Sent from my phone').waitFor()
  await expect.poll(() => loaded(0)).toBe(true)
  expect(await bodyDocument(page).getByRole('link').getAttribute('href')).toBe('https://friends.example/map')
  expect(await listed()).toEqual(['IMG_1.jpg'])
  await siegel.screenshot('parts-phone-light')
})

test('files without a name are named by what they are; only the program is called one', async () => {
  const { page } = siegel
  await open(page, 'Nameless')
  expect(await listed()).toEqual([
    'attachment-2.png',
    'attachment-3.pdf',
    'attachment-4.dat',
    'attachment-5.exe',
  ])
  expect(await reader(page).locator('.attachment-danger').count()).toBe(1)
  await siegel.screenshot('parts-nameless-light')
})

test('text of a kind that nobody knows is read as text', async () => {
  const { page } = siegel
  await pageCalls(page)('prefs.set', { language: 'de', theme: 'dark' })
  await page.emulateMedia({ colorScheme: 'dark' })
  await open(page, 'Notes')
  await reader(page).getByText('# Notes of the meeting').waitFor()
  await reader(page).getByText('- it leaves at eight').waitFor()
  expect(await reader(page).locator('.file-name').count()).toBe(0)
  await siegel.screenshot('parts-markdown-dark-de')
})

test('"save all" saves everything that is listed', async () => {
  const { page, app } = siegel
  const target = mkdtempSync(join(tmpdir(), 'siegel-parts-saved-'))
  await answerDialogs(app, { open: [target] })
  if (pictures === undefined) throw new Error('nothing was imported')
  const saved = await pageCalls(page)('files.saveAttachments', { messageId: pictures, partId: null })
  expect(saved.saved).toHaveLength(3)
  rmSync(target, { recursive: true, force: true })
  expect(complaints).toEqual([])
})
