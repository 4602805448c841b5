import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configureWriter, openConnection } from '../../electron/engine/store/connection'
import { StoreCopier } from '../../electron/engine/store/keep/backup-copy'
import { checkBackup } from '../../electron/engine/store/keep/check-backup'
import { readable } from './measure'
import type { Scenario } from './scenario'

const key = new Uint8Array(32).fill(7)

/** Runs work and answers how long it took, and the longest stretch in which the thread did nothing else. */
const watched = async (
  work: () => Promise<unknown>,
): Promise<{ ms: number; longestMs: number; workMs: number }> => {
  const cpu = (): number => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let [last, lastCpu, longestMs, workMs] = [performance.now(), cpu(), 0, 0]
  const look = (): void => {
    const [now, nowCpu] = [performance.now(), cpu()]
    longestMs = Math.max(longestMs, now - last)
    workMs = Math.max(workMs, nowCpu - lastCpu)
    last = now
    lastCpu = nowCpu
  }
  // Every turn of the loop, and not only when a timer is due.
  let going = true
  const turn = (): void => {
    look()
    if (going) setImmediate(turn)
  }
  turn()
  const start = performance.now()
  await work()
  const ms = performance.now() - start
  going = false
  return { ms, longestMs, workMs }
}

/** A store of a few hundred megabytes copied and read back while it is written to: how long the engine stands still. */
export const backup: Scenario = {
  name: 'backup',
  async run({ quick, say }) {
    const directory = mkdtempSync(join(tmpdir(), 'siegel-bench-backup-'))
    const [path, copyPath] = [join(directory, 'store.db'), join(directory, 'copy')]
    const store = openConnection(path, key)
    try {
      configureWriter(store)
      store.exec(
        'CREATE TABLE messages (id INTEGER PRIMARY KEY, seen INTEGER, raw BLOB); CREATE INDEX seen ON messages (seen)',
      )
      const put = store.prepare('INSERT INTO messages VALUES (NULL, ?, ?)')
      say('filling a store')
      for (let batch = 0; batch < (quick ? 20 : 400); batch += 1)
        store.transaction(() => {
          for (let at = 0; at < 20; at += 1) put.run(batch % 2, Buffer.alloc(2_000 + at * 4_000, at))
        })()
      const copier = new StoreCopier(store, path)
      let written = 0
      const write = (): void => {
        for (let at = 0; at < 10; at += 1) put.run(1, Buffer.alloc(20_000, written))
        written += 1
      }
      say('copying it, while it is written to')
      const copied = await watched(() => copier.copy(copyPath, key, { onProgress: write }))
      say('reading it back')
      const checked = await watched(() => checkBackup(store, copyPath, key, {}))
      const megabytes = (statSync(copyPath).size / 1e6).toFixed(0)
      store.close()
      copier.close()
      const row = (name: string, { ms, longestMs, workMs }: Awaited<ReturnType<typeof watched>>) => [
        name,
        readable(ms),
        readable(longestMs),
        readable(workMs),
      ]
      return [
        {
          title: 'Backup',
          about: `A store of ${megabytes} MB, and ${written} times 200 kB written to it while it is copied. How long it takes, and the longest stretch in which the engine did nothing else.`,
          head: ['', 'time', 'longest stretch', 'of it processor time'],
          rows: [row('Copying', copied), row('Reading back', checked)],
          verdicts: [],
        },
      ]
    } finally {
      if (store.open) store.close()
      rmSync(directory, { recursive: true, force: true })
    }
  },
}
