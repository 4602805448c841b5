import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerDialogs, folder, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

const messageCount = 100_000

let siegel: Launched
beforeAll(async () => {
  siegel = await launch()
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await call('accounts.addSample', {})
  const path = join(siegel.desktop.directory, 'large.mbox')
  await writeMbox(path)
  await answerDialogs(siegel.app, { open: [path] })
  const archive = (await call('mailboxes.list', {})).find(({ role }) => role === 'archive')
  const { imported } = await call('files.import', { mailboxId: archive!.id, from: 'file' })
  expect(imported).toBe(messageCount)
}, 900_000)
afterAll(() => siegel?.stop())

/** Small messages of many senders and subjects, one a minute, as an mbox. */
async function writeMbox(path: string): Promise<void> {
  const out = createWriteStream(path)
  const start = Date.UTC(2020, 0, 1)
  for (let at = 0; at < messageCount; at += 1) {
    const date = new Date(start + at * 60_000).toUTCString().replace('GMT', '+0000')
    const message = `From x@example.org Thu Jan  1 00:00:00 2020
From: Person ${at % 997} <person${at % 997}@example.org>
To: me@example.org
Subject: Number ${at}
Date: ${date}
Message-ID: <${at}@large.example.org>

Body ${at}

`
    if (!out.write(message)) await new Promise<void>(resolve => out.once('drain', resolve))
  }
  out.end()
  await finished(out)
}

type Scrolling = Readonly<{ frameMs: readonly number[]; emptyFrames: number; waitingFrames: number }>

/**
 * Moves the list's scroll bar on every frame and measures how far apart the frames are, how many drew no row at all
 * and how many drew rows whose words had not come yet.
 */
const scrollFor = (frames: number, far: boolean): Promise<Scrolling> =>
  siegel.page.evaluate(
    async ([count, jumps]) => {
      const list = document.querySelector<HTMLElement>('.message-list')!
      const frameMs: number[] = []
      let [emptyFrames, waitingFrames] = [0, 0]
      let last = performance.now()
      for (let frame = 0; frame < count; frame += 1) {
        const most = list.scrollHeight - list.clientHeight
        if (jumps) list.scrollTop = ((frame * 7919) % 1000) * (most / 1000)
        else list.scrollTop += 120
        const now = await new Promise<number>(resolve => requestAnimationFrame(resolve))
        frameMs.push(now - last)
        last = now
        const { top, bottom } = list.getBoundingClientRect()
        const seen = [...list.querySelectorAll('[role=option]')].filter(option => {
          const box = option.getBoundingClientRect()
          return box.bottom > top && box.top < bottom
        })
        if (seen.length === 0) emptyFrames += 1
        if (seen.some(option => option.classList.contains('row-waiting'))) waitingFrames += 1
      }
      return { frameMs, emptyFrames, waitingFrames }
    },
    [frames, far] as const,
  )

const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0

const report = (what: string, { frameMs, emptyFrames, waitingFrames }: Scrolling): void => {
  const [p50, p95, most] = [percentile(frameMs, 0.5), percentile(frameMs, 0.95), Math.max(...frameMs)]
  process.stdout.write(
    `${what}: ${frameMs.length} frames, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, longest ${most.toFixed(1)} ms, ` +
      `${emptyFrames} without rows, ${waitingFrames} with rows still to be fetched\n`,
  )
}

test('a folder of 100,000 messages opens, newest first', async () => {
  const { page } = siegel
  const startedAt = performance.now()
  await folder(page, 'Archive').click()
  await row(page, /Number 99999/).waitFor()
  process.stdout.write(`opening the folder: ${Math.round(performance.now() - startedAt)} ms\n`)
  await page.getByText('100,002').first().waitFor()
})

test('scrolling on and on draws every frame with rows', async () => {
  const scrolling = await scrollFor(240, false)
  report('scrolling', scrolling)
  expect(scrolling.emptyFrames).toBe(0)
})

test('pulling the scroll bar far and fast never shows an empty list, and words come when it rests', async () => {
  const { page } = siegel
  const scrolling = await scrollFor(240, true)
  report('far jumps', scrolling)
  expect(scrolling.emptyFrames).toBeLessThan(3)
  await expect.poll(() => page.locator('.message-list .row-waiting').count()).toBe(0)
  expect(await row(page, /Number \d+/).count()).toBeGreaterThan(8)
})

test('the last message is one key away, and only rows on screen are in the page', async () => {
  const { page } = siegel
  await row(page, /./).first().click()
  await page.keyboard.press('End')
  await row(page, 'The map you asked for')
    .or(row(page, /Number 0(?!\d)/))
    .first()
    .waitFor()
  expect(await row(page, /./).count()).toBeLessThan(80)
  await page.keyboard.press('Home')
  await page.locator('#pane-list [aria-posinset="1"]').waitFor()
})

test('a word is found among them while typing', async () => {
  const { page } = siegel
  await page.getByRole('searchbox').fill('"Number 4711"')
  await row(page, /Number 4711(?!\d)/).waitFor()
  await page.getByRole('searchbox').press('Escape')
})
