import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { until } from '../../support/until'
import { answerDialogs, askedDialogs, composer, reader, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

let servers: MailServers
let siegel: Launched
beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Drafts', 'Sent', 'Archive', 'Trash']) servers.maildir('alice@rig.test', mailbox)
  await servers.deliver('alice@rig.test', letter('Plain letter', 1, plainText))
  await servers.deliver('alice@rig.test', letter('Designed letter', 2, designed))
  siegel = await launch()
  siegel.page.setDefaultTimeout(15_000)
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

const plainText = 'Content-Type: text/plain\r\n\r\nSee https://one.example/page for all of it.\r\n'
const designed =
  'Content-Type: text/html\r\n\r\n<p>Dear Alice</p><p><a href="https://two.example/page">the page</a></p>\r\n'
const letter = (subject: string, minute: number, text: string): string =>
  [
    'From: Bob <bob@rig.test>',
    'To: alice@rig.test',
    `Subject: ${subject}`,
    `Date: Sun, 01 Nov 2026 12:0${minute}:00 +0000`,
    `Message-ID: <${minute}@walk.rig.test>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    text,
    ...['first', 'second'].flatMap(name => [
      '--b',
      `Content-Type: application/pdf; name=${name}.pdf`,
      `Content-Disposition: attachment; filename=${name}.pdf`,
      'Content-Transfer-Encoding: base64',
      '',
      'JVBERi0xLjQK',
    ]),
    '--b--',
    '',
  ].join('\r\n')

/** Where the keyboard stands once the page has drawn what a press did; `fault` says what would lose a person who sees it. */
const stand = (): Promise<Readonly<{ name: string; role: string; place: string; fault: string | null }>> =>
  siegel.page.evaluate(async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
    const node = document.activeElement
    if (!(node instanceof HTMLElement) || node === document.body)
      return { name: '', role: '', place: '', fault: 'the keyboard stands nowhere' }
    const name =
      node.getAttribute('aria-label') ??
      (node as { labels?: NodeListOf<HTMLLabelElement> | null }).labels?.[0]?.textContent ??
      node.title + (node.textContent ?? '').trim().slice(0, 60)
    const place =
      node.closest('.composer') !== null
        ? 'composer'
        : node.closest('[role=dialog], [role=alertdialog]') !== null
          ? 'dialog'
          : node.closest('.onboarding') !== null
            ? 'set-up'
            : (node.closest('[data-pane]')?.id ?? '')
    const box = node.getBoundingClientRect()
    const isInWindow =
      box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight && box.width > 0
    // A switch or a choice is a hidden field inside the label that is drawn.
    const drawn = node.closest<HTMLElement>('label') ?? node
    const isTyping = node.matches(
      'textarea, [contenteditable=true], input:not([type=radio], [type=checkbox])',
    )
    const rings = [drawn, ...drawn.querySelectorAll<HTMLElement>('*'), drawn.parentElement].some(each => {
      if (each === null) return false
      const style = getComputedStyle(each)
      return (
        (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
      )
    })
    const fault = !isInWindow
      ? 'it is outside of the window'
      : !node.checkVisibility({ visibilityProperty: true }) && drawn === node
        ? 'it is hidden'
        : !rings && !isTyping && node.tagName !== 'IFRAME' && place !== '' && node.tabIndex >= 0
          ? 'nothing shows it'
          : null
    return { name, role: node.getAttribute('role') ?? '', place, fault }
  })

const faults: string[] = []
/** Presses keys one by one and looks after each where the keyboard stands. */
const press = async (...keys: string[]): Promise<Awaited<ReturnType<typeof stand>>> => {
  let last = await stand()
  for (const key of keys) {
    const before = last
    await siegel.page.keyboard.press(key)
    // One screen may be gone a moment before the next is drawn; who is lost for longer is lost.
    await until(async () => (await stand()).name !== '', 'the keyboard stands somewhere', 2000).catch(
      () => {},
    )
    last = await stand()
    if (last.fault !== null)
      faults.push(
        `${key} from "${before.name}" (${before.place}): ${last.fault}, "${last.name}" (${last.place})`,
      )
  }
  return last
}

/** Goes on with Tab until it stands on something of that name. */
const tabTo = async (name: RegExp, key = 'Tab'): Promise<void> => {
  const seen: string[] = []
  for (let steps = 0; steps < 60; steps += 1) {
    const here = await press(key)
    if (name.test(here.name)) return
    seen.push(here.name)
  }
  throw new Error(`Tab leads past ${seen.join(' | ')}, never to ${name}`)
}

/** Nothing of one part of the walk stays open for the next. */
afterEach(async () => {
  for (let steps = 0; steps < 4; steps += 1) await siegel.page.keyboard.press('Escape')
})

const noFault = (): void => {
  expect(faults.splice(0)).toEqual([])
}
const heading = (name: string) => siegel.page.getByRole('heading', { name, exact: true })

test('the first start: the key, an account by hand, its certificates, and the mail is there', async () => {
  const { page, app } = siegel
  const title = (name: string) => page.getByRole('heading', { name }).waitFor()
  await title('Welcome to Siegel')
  await tabTo(/^Continue/)
  await press('Enter')
  await title('How do you want to start?')
  expect((await stand()).fault).toBe(null)
  await tabTo(/^Set up an account/)
  await press('Enter')
  await title('Set up an account')
  expect((await stand()).name).toBe('Your name')
  await page.keyboard.type('Alice Rig')
  await tabTo(/^E-mail address/)
  await page.keyboard.type('alice@rig.test')
  await tabTo(/^Enter by hand/)
  await press('Enter')
  for (const [field, port] of [
    ['IMAP', servers.imapsPort],
    ['SMTP', servers.smtpsPort],
  ] as const) {
    if ((await stand()).name !== 'Server') await tabTo(/^Server$/)
    expect(await page.getByRole('group', { name: field }).locator(':focus').count()).toBe(1)
    await page.keyboard.type('127.0.0.1')
    await tabTo(/^Port$/)
    await press('Control+a')
    await page.keyboard.type(String(port))
  }
  await tabTo(/^Password/)
  await page.keyboard.type('alice-pw')
  await tabTo(/^Test and add/)
  await press('Enter')
  await answerDialogs(app, { button: 1 })
  const trusts = page.getByRole('button', { name: 'Trust this certificate …' })
  for (const left of [1, 0]) {
    await expect.poll(() => trusts.count()).toBe(left + 1)
    await tabTo(/^Trust this certificate/)
    // What the next test finds is brought into view, and may push the place beside out of it.
    await page.keyboard.press('Enter')
    await expect.poll(() => trusts.count()).toBe(left)
    expect((await stand()).name).not.toBe('')
  }
  for (const subject of ['Plain letter', 'Designed letter']) await row(page, subject).waitFor()
  expect((await stand()).fault).toBe(null)
  await pageCalls(page)('settings.set', { undoSendSeconds: 30, lookups: false })
  noFault()
})

test('from the list into a letter, to its link and its files', async () => {
  const { page, app } = siegel
  await press('g', 'i', 'j', 'j')
  await reader(page).getByRole('heading', { name: 'Plain letter' }).waitFor()
  await reader(page).getByText('for all of it').waitFor()
  expect((await press('Enter')).place).toBe('pane-reader')
  await tabTo(/^Save first\.pdf/)
  await answerDialogs(app, { open: [siegel.desktop.directory] })
  await press('Enter')
  await page.getByText('Saved: first.pdf').waitFor()
  await tabTo(/^Open link: https:\/\/one\.example/)
  await answerDialogs(app, { button: 0 })
  await press('Enter')
  await expect.poll(() => askedDialogs(app)).toHaveLength(1)
  expect((await stand()).name).toMatch(/one\.example/)
  expect((await press('Escape')).place).toBe('pane-list')
  noFault()
})

test('into a designed letter, whose link is in a frame, and out of it again', async () => {
  const { page, app } = siegel
  await press('g', 'i', 'j')
  await reader(page).getByRole('heading', { name: 'Designed letter' }).waitFor()
  await page.frameLocator('iframe.html-body').getByRole('link', { name: 'the page' }).waitFor()
  await press('Enter')
  await answerDialogs(app, { button: 0 })
  await tabTo(/^Message: Designed letter/)
  for (let steps = 0; steps < 3 && (await askedDialogs(app)).length === 0; steps += 1) {
    await press('Enter')
    await press('Tab')
  }
  await expect.poll(async () => (await askedDialogs(app)).length).toBeGreaterThan(0)
  await page.getByRole('region', { name: 'Designed letter' }).waitFor()
  await press('F6')
  await tabTo(/./)
  noFault()
})

test('an answer is written, taken back, and sent', async () => {
  const { page } = siegel
  await press('g', 'i', 'j')
  await press('r')
  await composer(page).waitFor()
  expect((await stand()).place).toBe('composer')
  await page.keyboard.type('By keys alone.')
  await press('Control+Enter')
  await composer(page).waitFor({ state: 'detached' })
  expect(await stand()).toMatchObject({ place: expect.stringMatching(/^pane/) })
  await tabTo(/^Undo/)
  await press('Enter')
  await composer(page).waitFor()
  expect((await stand()).place).toBe('composer')
  expect(await composer(page).getByRole('textbox', { name: 'Text of the message' }).inputValue()).toContain(
    'By keys alone.',
  )
  for (const name of [/^To/, /^Subject/, /^Text of the message/, /^Attach files/, /^Send/]) {
    await tabTo(name)
  }
  await pageCalls(page)('settings.set', { undoSendSeconds: 0 })
  await press('Enter')
  await composer(page).waitFor({ state: 'detached' })
  expect(await stand()).toMatchObject({ place: expect.stringMatching(/^pane/) })
  noFault()
})

test('a letter is moved, brought back and found', async () => {
  const { page } = siegel
  await press('g', 'i', 'j')
  const count = () => row(page, /./).count()
  const before = await count()
  expect((await press('v')).place).toBe('dialog')
  await page.keyboard.type('arch')
  await press('Enter')
  await expect.poll(count).toBe(before - 1)
  expect((await stand()).place).toBe('pane-list')
  await press('Control+z')
  await expect.poll(count).toBe(before)
  await press('/')
  await page.keyboard.type('plain')
  await press('Enter')
  await expect.poll(count).toBe(1)
  await press('j', 'Escape', 'Escape')
  await heading('Inbox').waitFor()
  noFault()
})

test('every page of settings is walked from its first control to its last, and left by Escape', async () => {
  const { page } = siegel
  await press('Control+,')
  const tabs = await page.getByRole('tab').allInnerTexts()
  const walked: string[] = []
  for (const [at, tab] of tabs.entries()) {
    await page.getByRole('tabpanel').getByRole('heading').first().waitFor()
    let here = await stand()
    // A room in the rail may have the same name.
    const isAtTab = () => here.role === 'tab' && here.name.startsWith(tab)
    for (let steps = 0; steps < 80 && !isAtTab(); steps += 1) here = await press('Tab')
    expect(isAtTab(), here.name).toBe(true)
    for (let steps = 0; steps < 80; steps += 1) {
      here = await press('Tab')
      if (isAtTab()) break
    }
    walked.push(here.name)
    if (at < tabs.length - 1) await press('ArrowDown')
  }
  expect(walked).toHaveLength(tabs.length)
  await press('Escape')
  await page.locator('.mail-room').waitFor()
  expect((await stand()).fault).toBe(null)
  noFault()
})

test('a draft with a file of its own is discarded, and nothing is left to stand on nothing', async () => {
  const { page, app } = siegel
  const file = join(siegel.desktop.directory, 'list.txt')
  writeFileSync(file, 'one\ntwo\n')
  await press('c')
  await composer(page).waitFor()
  await answerDialogs(app, { open: [file] })
  await tabTo(/^Attach files/)
  await press('Enter')
  await composer(page).getByText('list.txt').waitFor()
  await tabTo(/^Remove list\.txt/)
  await press('Enter')
  await composer(page).getByText('list.txt').waitFor({ state: 'detached' })
  expect((await stand()).place).toBe('composer')
  await tabTo(/^Discard draft/)
  await press('Enter')
  await composer(page)
    .waitFor({ state: 'detached', timeout: 2000 })
    .catch(() => press('Enter'))
  await composer(page).waitFor({ state: 'detached' })
  expect((await stand()).fault).toBe(null)
  noFault()
})
