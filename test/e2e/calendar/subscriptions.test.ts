import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { english, german } from '../../../renderer/features/languages'
import { createTestAuthority, readCertificate } from '../../rig/certificates'
import { answerDialogs, askedDialogs } from '../support/drive'
import { faultsForAll } from '../support/faults-for-all'
import type { Launched } from '../support/launch'
import { launchSample } from '../support/launch-sample'
import { pageCalls } from '../support/page-calls'

const words = english.subscription
const folder = mkdtempSync(join(tmpdir(), 'siegel-subscribe-'))
let siegel: Launched
let complaints: readonly string[]
let server: Server
let answer: { status: number; body: string } = { status: 200, body: '' }
let url: string
const page = () => siegel.page
const call = (...[name, input]: Parameters<ReturnType<typeof pageCalls>>) => pageCalls(page())(name, input)

/** Kept only where somebody wants to look at them. */
const pictures = process.env['SIEGEL_PICTURES']
const picture = async (name: string): Promise<void> => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page().screenshot({ path: `${pictures}/${name}.png` })
}
const calendar = (title: string): string => {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  return [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//EN', 'X-WR-CALNAME:Library', 'X-PUBLISHED-TTL:PT1H'],
    ...['BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z', `DTSTART;VALUE=DATE:${day}`],
    ...[`SUMMARY:${title}`, 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n')
}

beforeAll(async () => {
  const authority = await createTestAuthority(join(folder, 'ca'))
  server = createServer(await readCertificate(await authority.certificate('server')), (_, response) => {
    response.writeHead(answer.status, { 'Content-Type': 'text/calendar' })
    response.end(answer.body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `webcal://localhost:${(server.address() as AddressInfo).port}/library.ics`
  ;({ siegel, complaints } = await launchSample())
  await call('prefs.set', { language: 'en', theme: 'light' })
  await page().getByRole('button', { name: english.app.rail.calendar, exact: true }).click()
  await page().locator('.side-calendar').first().waitFor()
})
afterAll(async () => {
  await siegel?.stop()
  server?.closeAllConnections()
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a calendar is subscribed to: by keyboard, asked by main, with a certificate that is looked at first', async () => {
  await answerDialogs(siegel.app, { button: 1 })
  await page().getByRole('button', { name: words.new, exact: true }).press('Enter')
  const dialog = page().getByRole('dialog', { name: words.new })
  await dialog.getByLabel(words.address).fill('http://library.example/a.ics')
  await page().keyboard.press('Enter')
  await dialog.getByText(words.addressBad.clear).waitFor()
  await picture('subscribe-refused')
  expect(await faultsForAll(page())).toEqual([])
  expect(await askedDialogs(siegel.app)).toEqual([])
  answer = { status: 200, body: '<html>Please sign in</html>' }
  await dialog.getByLabel(words.address).fill(url)
  await page().keyboard.press('Enter')
  // Nobody vouches for that server.
  await dialog.getByRole('button', { name: words.certificate }).press('Enter')
  await dialog.getByText(english.errors['subscription-page'].what).waitFor()
  await picture('subscribe-page')
  expect(await faultsForAll(page())).toEqual([])
  const asked = await askedDialogs(siegel.app)
  expect(JSON.stringify(asked)).toContain('/library.ics')
  answer = { status: 200, body: calendar('Open until late') }
  await dialog.getByRole('button', { name: words.add, exact: true }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page().getByRole('checkbox', { name: 'Library' }).waitFor()
  await page().locator('[data-event]', { hasText: 'Open until late' }).first().waitFor()
  await picture('subscribed')
})

test('its settings say what came of it, and a failure keeps what is there', async () => {
  answer = { status: 404, body: '' }
  const menu = english.calendar.list.menu.replace('{{name}}', 'Library')
  await page().getByRole('button', { name: menu }).click()
  await page().getByRole('menuitem', { name: words.settings }).click()
  const dialog = page().getByRole('dialog', { name: words.title.replace('{{name}}', 'Library') })
  await dialog.getByRole('button', { name: words.refresh }).click()
  await dialog.getByText(english.errors['subscription-gone'].what).waitFor()
  await picture('settings-gone')
  expect(await faultsForAll(page())).toEqual([])
  answer = { status: 200, body: calendar('Closed today') }
  await dialog.getByRole('button', { name: words.refresh }).click()
  await dialog.getByText(words.outcome.changed).waitFor()
  await dialog.getByText(english.errors['subscription-gone'].what).waitFor({ state: 'detached' })
  await call('prefs.set', { language: 'de', theme: 'dark' })
  await page().getByRole('button', { name: german.subscription.refresh }).waitFor()
  await page().setViewportSize({ width: 860, height: 560 })
  await picture('settings-de-dark')
  expect(await faultsForAll(page())).toEqual([])
  await page().setViewportSize({ width: 1280, height: 800 })
  await call('prefs.set', { language: 'en', theme: 'light' })
  await page().getByRole('button', { name: words.refresh }).waitFor()
  await page().keyboard.press('Escape')
  await page().locator('[data-event]', { hasText: 'Closed today' }).first().waitFor()
})

test('the policy names it, and ending it takes its events and its permission', async () => {
  const policy = (await call('net.policy', {})) as { purpose: string; host: string }[]
  expect(policy.filter(({ purpose }) => purpose === 'subscription')).toMatchObject([{ host: 'localhost' }])
  const menu = english.calendar.list.menu.replace('{{name}}', 'Library')
  await page().getByRole('button', { name: menu }).click()
  await page().getByRole('menuitem', { name: words.end }).click()
  await page().getByRole('button', { name: words.endYes, exact: true }).click()
  await page().getByRole('checkbox', { name: 'Library' }).waitFor({ state: 'detached' })
  await page().locator('[data-event]', { hasText: 'Closed today' }).waitFor({ state: 'detached' })
  const after = (await call('net.policy', {})) as { purpose: string }[]
  expect(after.some(({ purpose }) => purpose === 'subscription')).toBe(false)
  expect(complaints).toEqual([])
})
