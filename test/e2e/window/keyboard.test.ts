import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccountByPage, plainMessage } from '../support/accounts'
import { collectComplaints, composer, reader, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { nameless } from '../support/nameless'
import { pageCalls } from '../support/page-calls'

let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await siegel.page.keyboard.press(key)
}
beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Drafts', 'Sent', 'Archive', 'Trash']) servers.maildir('alice@rig.test', mailbox)
  const long = Array.from({ length: 120 }, (_, at) => `Line ${at} of a long letter.`).join('\r\n')
  for (const [minute, subject] of ['Uhu', 'Star', 'Ringeltaube'].entries())
    await servers.deliver('alice@rig.test', plainMessage({ subject, minute, text: long }))
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await call('settings.set', { undoSendSeconds: 0 })
  await row(siegel.page, /Uhu.*Line 0/).waitFor()
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

const bobGot = (text: string) =>
  readdirSync(join(servers.maildir('bob@rig.test'), 'new'))
    .map(file => readFileSync(join(servers.maildir('bob@rig.test'), 'new', file), 'utf8'))
    .filter(message => message.includes(text))

/** Presses the key for a new message and waits until the field for recipients has the keyboard. */
const startWriting = async (): Promise<void> => {
  await press('c')
  await siegel.page.locator('[aria-label="New message"] [role=combobox]:focus').waitFor()
}

const heading = (name: string) => siegel.page.getByRole('heading', { name, exact: true })

test('a round without a mouse: down, up, open, scroll, answer, send', async () => {
  const { page } = siegel
  await press('j')
  await reader(page).getByRole('heading', { name: 'Ringeltaube' }).waitFor()
  await press('j', 'j', 'k')
  await reader(page).getByRole('heading', { name: 'Star' }).waitFor()
  await press('Enter')
  const scroller = reader(page).getByRole('region', { name: 'Star' })
  await expect.poll(() => scroller.evaluate(node => node === document.activeElement)).toBe(true)
  await press('Space')
  await expect.poll(() => scroller.evaluate(node => node.scrollTop)).toBeGreaterThan(100)
  await press('r')
  await composer(page).waitFor()
  await page.keyboard.type('Answered without a mouse.')
  await press('Control+Enter')
  await composer(page).waitFor({ state: 'detached' })
  await expect.poll(() => bobGot('Answered without a mouse.')).toHaveLength(1)
})

test('a new message needs no mouse either', async () => {
  const { page } = siegel
  await startWriting()
  await page.keyboard.type('bob@rig.test')
  await press('Enter', 'Tab')
  if (
    await composer(page)
      .getByRole('button', { name: 'Cc/Bcc' })
      .evaluate(node => node === document.activeElement)
  )
    await press('Tab')
  await page.keyboard.type('By keys alone')
  await press('Tab')
  await page.keyboard.type('c j k are letters here')
  await siegel.screenshot('compose-keyboard-light')
  await press('Control+Enter')
  await expect.poll(() => bobGot('c j k are letters here')).toHaveLength(1)
})

test('a draft is set aside by Escape and kept', async () => {
  const { page } = siegel
  await startWriting()
  await page.keyboard.type('carol@rig.test')
  await press('Tab', 'Escape')
  await composer(page).waitFor({ state: 'detached' })
  await expect.poll(async () => (await pageCalls(page)('drafts.list', {})).length).toBe(1)
})

test('folders are reached by two letters, the search by a slash, and Escape leads back', async () => {
  const { page } = siegel
  for (const [keys, name] of [
    [['g', 's'], 'Sent'],
    [['g', 'd'], 'Drafts'],
    [['g', 't'], 'Trash'],
    [['g', 'a'], 'Archive'],
    [['g', 'i'], 'Inbox'],
  ] as const) {
    await press(...keys)
    await heading(name).waitFor()
  }
  await press('/')
  await page.keyboard.type('uhu')
  await press('Enter')
  await expect.poll(() => row(page, /./).count()).toBe(1)
  await press('j', 's')
  await row(page, /Uhu.*starred/).waitFor()
  await press('Escape', 'Escape')
  await heading('Inbox').waitFor()
  await expect.poll(() => row(page, /./).count()).toBe(3)
})

test('the question mark lists every key', async () => {
  const { page } = siegel
  await press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await help.waitFor()
  for (const words of ['Reply', 'Archive']) await help.getByText(words, { exact: true }).first().waitFor()
  expect(await help.locator('kbd').count()).toBeGreaterThan(35)
  await siegel.screenshot('shortcuts-light')
  await press('Escape')
  await help.waitFor({ state: 'detached' })
})

test('F6 walks through the panes and comes back', async () => {
  const { page } = siegel
  const pane = () =>
    page.evaluate(
      () =>
        document.activeElement?.closest('[data-pane]')?.id ||
        document.activeElement?.closest('[data-pane]')?.className,
    )
  await press('g', 'i', 'j')
  const seen = new Set<string | undefined>()
  for (let steps = 0; steps < 8; steps += 1) {
    await press('F6')
    seen.add(await pane())
  }
  expect([...seen]).toEqual(expect.arrayContaining(['rail', 'pane-folders', 'pane-list', 'pane-reader']))
})

test('wherever Tab leads, it can be seen', async () => {
  const { page } = siegel
  await press('g', 'i', 'j')
  const unseen: string[] = []
  const seen = new Set<string>()
  for (let steps = 0; steps < 40; steps += 1) {
    await press('Tab')
    const here = await page.evaluate(() => {
      const node = document.activeElement
      if (!(node instanceof HTMLElement) || node === document.body) return null
      const rings = [node, ...node.querySelectorAll<HTMLElement>('.row-focused'), node.parentElement].some(
        each => {
          if (each === null) return false
          const style = getComputedStyle(each)
          return (
            (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) ||
            style.boxShadow !== 'none'
          )
        },
      )
      return { name: node.getAttribute('aria-label') ?? node.textContent?.slice(0, 40) ?? '', rings }
    })
    if (here === null) continue
    seen.add(here.name)
    if (!here.rings) unseen.push(here.name)
  }
  expect(seen.size).toBeGreaterThan(12)
  expect([...new Set(unseen)]).toEqual([])
})

test('every control has a name for those who listen, in every room', async () => {
  const { page } = siegel
  const found: Record<string, readonly string[]> = {}
  // Tab has left the keyboard anywhere, perhaps in a field.
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await press('g', 'i', 'j')
  await page.locator('#pane-list').getByRole('option', { selected: true }).waitFor()
  await reader(page).getByRole('heading').first().waitFor()
  found.mail = await nameless(page)
  await press('v')
  await page.getByRole('dialog', { name: /^Move/ }).waitFor()
  found.move = await nameless(page)
  await press('Escape')
  await page.getByRole('dialog', { name: /^Move/ }).waitFor({ state: 'detached' })
  await startWriting()
  found.compose = await nameless(page)
  await composer(page).getByRole('button', { name: 'Write with formatting' }).click()
  await composer(page).getByRole('toolbar').waitFor()
  found.formatted = await nameless(page)
  await press('Escape')
  await press('Control+,')
  await page.getByRole('heading', { name: 'Accounts' }).first().waitFor()
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click()
    await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true')
    await page.getByRole('tabpanel').getByRole('heading', { level: 1 }).waitFor()
    found[`settings: ${await tab.innerText()}`] = await nameless(page)
  }
  expect(Object.keys(found).length).toBeGreaterThan(8)
  for (const [place, names] of Object.entries(found)) expect(names, place).toEqual([])
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
