import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRadicale } from '../rig/dav-servers'
import { davClientOf } from '../support/dav-machine'
import { openTestEngine } from '../support/engine-in-test'
import { ownKeyOf } from '../support/sealing-person'

/*
 * The first encryption of a large calendar, interrupted in the middle, gone on, and decrypted:
 * node --import ./test/support/resolve-typescript.mjs test/bench/encrypt-calendar.ts [COUNT]
 */
const count = Number(process.argv[2] ?? 5000)
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

async function measured(name: string, work: () => Promise<unknown>): Promise<void> {
  const [begin, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20)
  say(
    `${name}: ${seconds(performance.now() - begin)}, ${seconds((user + system) / 1000)} of this process and its vault, ${memory} MB`,
  )
}

const server = await startRadicale()
const other = davClientOf(server)
const folder = new URL('alice%40rig.test/work/', server.url)
const profile = mkdtempSync(join(tmpdir(), 'siegel-bench-'))
const events = Array.from({ length: count }, (_, at) => [
  ...['BEGIN:VEVENT', `UID:bench-${at}`, 'DTSTAMP:20260101T000000Z'],
  `DTSTART:2026${String(1 + (at % 12)).padStart(2, '0')}${String(1 + (at % 28)).padStart(2, '0')}T100000Z`,
  ...[
    'DURATION:PT1H',
    `SUMMARY:Meeting ${at}`,
    `DESCRIPTION:${'Of this and that. '.repeat(15)}`,
    'END:VEVENT',
  ],
]).flat()
const whole = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Bench//EN', ...events, 'END:VCALENDAR', '']
try {
  await other.client.put(folder, Buffer.from(whole.join('\r\n')), {
    ...{ condition: { kind: 'none' }, contentType: 'text/calendar' },
  })
  let engine = await openTestEngine(profile)
  await engine.call('accounts.add', {
    config: {
      ...{ address: 'alice@rig.test', displayName: '' },
      services: { dav: { url: server.url, userName: server.userName, caPem: server.ca } },
    },
    password: server.password,
  })
  await ownKeyOf(engine, 'alice@rig.test')
  const sync = () => engine.call('calendars.sync', { accountId: null })
  await measured(`first sync of ${count} events`, sync)
  const found = (await engine.call('calendars.list', {})).find(each => each.accountId !== null)
  const place = { kind: 'calendar', collectionId: Number(found?.id) } as const
  const standing = async () => {
    const { state, left } = await engine.call('collections.protection', place)
    return `${state}, ${left} left`
  }
  await engine.call('collections.encrypt', { ...place, showsBusy: false, join: false })
  const stopAt = setInterval(() => void standing().then(text => /, \d+ left/.test(text) && say(text)), 20_000)
  await measured('interrupted when half of it was done', async () => {
    const running = sync().catch(() => undefined)
    for (;;) {
      const { left } = await engine.call('collections.protection', place)
      if (left > 0 && left < count / 2) break
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    const closing = engine.close()
    await Promise.all([running, closing])
  })
  clearInterval(stopAt)
  engine = await openTestEngine(profile)
  say(await standing())
  await measured('gone on to its end', sync)
  say(await standing())
  await measured('a pass over it without a change', sync)
  await engine.call('collections.decrypt', place)
  await measured('decrypted', sync)
  say(await standing())
  const { rows } = await other.client.propfind(folder, '1', ['{DAV:}getetag'])
  say(`${rows.length - 1} objects on the server`)
  await engine.close()
} finally {
  other.close()
  await server.stop()
  rmSync(profile, { recursive: true, force: true })
}
