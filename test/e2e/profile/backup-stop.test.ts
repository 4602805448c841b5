import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerDialogs } from '../support/drive'
import type { Launched } from '../support/launch'
import { launchSample } from '../support/launch-sample'
import { pageCalls } from '../support/page-calls'

const phrase = 'seven otters juggle plums'
const earlier = 'what was here before'

let siegel: Launched
let path: string
beforeAll(async () => {
  ;({ siegel } = await launchSample())
  path = join(siegel.desktop.directory, 'mail.siegel-backup')
  writeFileSync(path, earlier)
  const mailbox = join(siegel.desktop.directory, 'large.mbox')
  writeFileSync(mailbox, Array.from({ length: 3 }, (_, at) => largeMessage(at)).join('\n'))
  await answerDialogs(siegel.app, { open: [mailbox] })
  const call = pageCalls(siegel.page)
  const archive = (await call('mailboxes.list', {})).find(({ role }) => role === 'archive')
  await call('files.import', { mailboxId: archive!.id, from: 'file' })
})
afterAll(() => siegel?.stop())

const largeMessage = (at: number): string => {
  const file = randomBytes(4_000_000).toString('base64').replace(/.{76}/g, '$&\n')
  return (
    `From a@rig.test Sun Nov  1 12:00:00 2026\nFrom: a@rig.test\nTo: me@rig.test\nSubject: Large ${at}\n` +
    `Date: Sun, 01 Nov 2026 12:00:00 +0000\nMessage-ID: <large-${at}@rig.test>\nMIME-Version: 1.0\n` +
    `Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n${file}\n`
  )
}

/** The process that writes, with little of the processor: as slow as a slow disk would make it. */
class SlowEngine {
  readonly #pid: number
  #rounds: NodeJS.Timeout | null = null

  constructor(pid: number) {
    this.#pid = pid
  }

  slow(): void {
    this.#rounds = setInterval(() => {
      process.kill(this.#pid, 'SIGCONT')
      setTimeout(() => {
        if (this.#rounds !== null) process.kill(this.#pid, 'SIGSTOP')
      }, 8)
    }, 60)
  }

  freeze(): void {
    this.#end()
    process.kill(this.#pid, 'SIGSTOP')
  }

  goOn(): void {
    this.#end()
    process.kill(this.#pid, 'SIGCONT')
  }

  #end(): void {
    if (this.#rounds !== null) clearInterval(this.#rounds)
    this.#rounds = null
  }
}

const engineOf = async (): Promise<SlowEngine> => {
  const pid = await siegel.app.evaluate(
    ({ app }) =>
      app.getAppMetrics().find(({ serviceName, name }) => `${serviceName} ${name}`.includes('Siegel engine'))
        ?.pid,
  )
  if (pid === undefined) throw new Error('there is no engine')
  return new SlowEngine(pid)
}

const left = () => readdirSync(siegel.desktop.directory).filter(name => name.startsWith('mail.'))

test('a backup shows how far it is; stopped in the middle it says so, leaves nothing behind and spares the earlier file', async () => {
  const { page, app } = siegel
  await page.getByRole('button', { name: 'Settings', exact: true }).first().click()
  await page.getByRole('tab', { name: 'Maintenance' }).click()
  await page.getByRole('button', { name: 'Back up …' }).click()
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(phrase)
  await page.getByRole('textbox', { name: 'Repeat the passphrase' }).fill(phrase)
  await answerDialogs(app, { save: path })
  const engine = await engineOf()
  const bar = page.getByRole('dialog').getByRole('progressbar')
  const part = async () => Number(await bar.getAttribute('aria-valuenow'))
  try {
    engine.slow()
    await page.getByRole('button', { name: 'Choose a location …' }).click()
    await page.waitForFunction(() => {
      const shown = document.querySelector('[role=dialog] [role=progressbar]')?.getAttribute('aria-valuenow')
      return Number(shown ?? 0) > 0
    })
    // Whatever happens now, it is not the backup that gets done.
    engine.freeze()
    expect(await part()).toBeGreaterThan(0)
    expect(await part()).toBeLessThan(100)
    expect(left().length).toBeGreaterThan(1)
    await siegel.screenshot('backup-progress-light')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  } finally {
    engine.goOn()
  }
  await page.getByText('Backup cancelled. Nothing was saved, and an existing file is unchanged.').waitFor()
  await siegel.screenshot('backup-stopped-light')
  expect(left()).toEqual(['mail.siegel-backup'])
  expect(readFileSync(path, 'utf8')).toBe(earlier)
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false)
})

test('it can be begun again from the same dialog, and then it is there', async () => {
  const { page } = siegel
  await page.getByRole('button', { name: 'Choose a location …' }).click()
  await page.getByText(`Saved: ${path}`).waitFor()
  expect(left()).toEqual(['mail.siegel-backup'])
  expect(readFileSync(path).length).toBeGreaterThan(8_000_000)
})
