import { afterAll, beforeAll, expect, test } from 'vitest'
import { testMessage } from '../../support/sync-profile'
import { type ScriptedImapServer, startScriptedImapServer } from '../../wire/support/scripted-imap-server'
import { isBody, withholding } from '../../wire/support/withholding'
import { collectComplaints, reader, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

/** The banners over the whole window and the words that come once, with a server that refuses on demand. */
let imap: ScriptedImapServer
let siegel: Launched
let complaints: readonly string[]
const count = 40
beforeAll(async () => {
  imap = await startScriptedImapServer()
  for (let at = 1; at <= count; at++) imap.account.get('INBOX').add(testMessage(at))
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await call('settings.set', { markSeenAfterSeconds: -1 })
  await call('accounts.add', {
    config: {
      address: 'alice@rig.test',
      displayName: 'Alice',
      services: {
        mail: {
          userName: 'alice@rig.test',
          imap: { host: 'localhost', port: imap.port, security: 'tls' },
          smtp: { host: 'localhost', port: imap.port, security: 'tls' },
          caPem: imap.ca,
        },
      },
    },
    password: 'alice-pw',
  })
  await row(siegel.page, `message ${count}`).first().waitFor()
})
afterAll(async () => {
  await siegel?.stop()
  await imap?.stop()
})

const syncNow = () => pageCalls(siegel.page)('sync.now', { accountId: null })
const banner = (words: string) => siegel.page.locator('.app-banners .ui-banner').filter({ hasText: words })
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await siegel.page.keyboard.press(key)
}

/** Where everything stands that somebody may be about to press, by what it says. */
const places = (): Promise<Record<string, string>> =>
  siegel.page.evaluate(async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
    const found: Record<string, string> = {}
    for (const each of document.querySelectorAll(
      '[role=option], [role=treeitem], #pane-reader button, .list-search input, .rail button',
    )) {
      const { x, y, width, height } = each.getBoundingClientRect()
      const name = each.id || each.getAttribute('aria-label') || each.textContent || ''
      // What a lower end of a list no longer draws did not move.
      if (y + height < innerHeight * 0.7) found[`${name} ${each.className}`] = [x, y, width, height].join(' ')
    }
    return found
  })
/** Nothing that is there before and after stands elsewhere, not by one pixel. */
const nothingMoved = (before: Record<string, string>, after: Record<string, string>): void => {
  const both = Object.keys(before).filter(name => name in after)
  expect(both.length).toBeGreaterThan(15)
  const only = (of: Record<string, string>) => Object.fromEntries(both.map(name => [name, of[name]]))
  expect(only(after)).toEqual(only(before))
}

test('a change that the server refuses is told in its words, moves nothing, and stays until it is given up', async () => {
  const { page } = siegel
  const end = imap.override('UID MOVE', () => 'NO [OVERQUOTA] the archive is full')
  await press('g', 'i')
  await row(page, `message ${count - 1}`)
    .first()
    .click()
  await reader(page).getByRole('heading').first().waitFor()
  await press('e')
  await row(page, new RegExp(`message ${count - 1}\\b`)).waitFor({ state: 'detached' })
  const before = await places()
  await syncNow()
  await banner('the archive is full').waitFor()
  nothingMoved(before, await places())
  await siegel.screenshot('banner-refused-light')

  // It does not go by itself, in no room, nor by another try that is refused again.
  const refusals = () => imap.sent('UID MOVE').length
  const tried = refusals()
  await banner('the archive is full').getByRole('button', { name: 'Try again' }).click()
  await expect.poll(refusals).toBeGreaterThan(tried)
  await banner('the archive is full').waitFor()
  await press('Control+,')
  await page.getByRole('tab').first().waitFor()
  expect(await banner('the archive is full').isVisible()).toBe(true)
  await press('Escape')
  await row(page, /message/)
    .first()
    .waitFor()

  await banner('the archive is full').getByRole('button', { name: 'Discard change' }).click()
  await banner('the archive is full').waitFor({ state: 'detached' })
  await row(page, new RegExp(`message ${count - 1}\\b`)).waitFor()
  expect(imap.account.get('INBOX').messages).toHaveLength(count)
  end()
})

test('or until the server takes it', async () => {
  const { page } = siegel
  const end = imap.override('UID STORE', () => 'NO [NOPERM] read only')
  await press('g', 'i')
  await row(page, 'message 30').first().click()
  const before = await places()
  await press('s')
  await syncNow()
  await banner('read only').waitFor()
  nothingMoved(before, await places())
  end()
  await banner('read only').getByRole('button', { name: 'Try again' }).click()
  await banner('read only').waitFor({ state: 'detached' })
  await expect
    .poll(() => imap.account.get('INBOX').messages.filter(each => each.flags.has('\\Flagged')).length)
    .toBe(1)
  nothingMoved(before, await places())
})

test('what the server withholds is named, hidden on request, and named again only where there is more', async () => {
  const { page } = siegel
  const hide = () => page.getByRole('button', { name: 'Hide until another one is affected' })
  const { uid } = imap.account.get('INBOX').add(testMessage('withheld one'))
  const ends = [imap.override('UID FETCH', withholding([uid], isBody, 'NO', 'nothing'))]
  await syncNow()
  await hide().waitFor()
  await row(page, /withheld one/).waitFor()
  await banner('withheld one').waitFor()
  await hide().click()
  await hide().waitFor({ state: 'detached' })
  await syncNow()
  await expect
    .poll(async () => (await pageCalls(page)('sync.status', {})).every(each => each.state !== 'syncing'))
    .toBe(true)
  expect(await hide().count()).toBe(0)
  expect(await pageCalls(page)('settings.get', {})).toHaveProperty('withheldHidden.length', 1)

  const { uid: second } = imap.account.get('INBOX').add(testMessage('withheld two'))
  ends.push(imap.override('UID FETCH', withholding([uid, second], isBody, 'NO', 'nothing')))
  await syncNow()
  await banner('withheld two').waitFor()
  await hide().click()
  await hide().waitFor({ state: 'detached' })
  expect(await pageCalls(page)('settings.get', {})).toHaveProperty('withheldHidden.length', 2)
  for (const end of ends) end()
})

test('what is said once lies over the room and moves nothing, also above a banner', async () => {
  const { page } = siegel
  await press('g', 'i')
  await row(page, 'message 31').first().click()
  const before = await places()
  await press('s', 'Control+z')
  const toast = page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Close' })
  await toast.first().waitFor()
  nothingMoved(before, await places())
  await toast.first().click()
  await toast.first().waitFor({ state: 'detached' })
  await pageCalls(page)('settings.set', { offline: true })
  await page.getByRole('button', { name: 'Go online' }).waitFor()
  nothingMoved(before, await places())
  await press('s', 'Control+z')
  await toast.first().waitFor()
  const over = await page.evaluate(() => {
    const box = (name: string) => document.querySelector(name)?.getBoundingClientRect()
    return (box('.app-banners')?.top ?? 0) - (box('.toast')?.bottom ?? Number.POSITIVE_INFINITY)
  })
  expect(over).toBeGreaterThanOrEqual(0)
  await pageCalls(page)('settings.set', { offline: false })
  await page.getByRole('button', { name: 'Go online' }).waitFor({ state: 'detached' })
  nothingMoved(before, await places())
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
