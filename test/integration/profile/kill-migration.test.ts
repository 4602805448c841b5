import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { layout } from '../../../electron/engine/compose/layout'
import { openStore } from '../../../electron/engine/compose/open-store'
import { configureWriter, openConnection } from '../../../electron/engine/store/connection'
import { writeKeyCheck } from '../../../electron/engine/store/key-check'
import { migrate } from '../../../electron/engine/store/migrate'
import { systemClock, systemRandom } from '../../../electron/engine/system'
import { silentLog, testStoreKey } from '../../support/engine-in-test'
import { killChild } from '../../support/kill-child-program'
import { describeKillPoint, killBeforeEnd, runToEnd, seededKillPoints } from '../../support/kill-points'
import { killsOf } from '../../support/kill-share'

const rows = 20_000
const points = killsOf(30)
const root = mkdtempSync(join(tmpdir(), 'sgm-'))
afterAll(() => rm(root, { recursive: true, force: true }))

/** A store as the first release wrote it, with mail in it. */
function oldStore(directory: string): void {
  mkdirSync(directory)
  writeKeyCheck(join(directory, 'store.meta'), testStoreKey())
  const connection = openConnection(join(directory, 'store.db'), testStoreKey())
  configureWriter(connection)
  migrate(connection, layout.migrations.slice(0, 1))
  connection.exec(`
    INSERT INTO accounts (id, config, position) VALUES ('${'a'.repeat(32)}', '{"kind":"local","address":"local","displayName":""}', 1);
    INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (1, 'Inbox', '/', 'inbox', 1, '{"kind":"all"}');
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO messages (account, mailbox, thread, message_id, date, internal_date, size, flags, server_flags, subject, sender, recipients)
      SELECT 1, 1, i, i || '@example.org', i * 1000, i * 1000, 0, 0, 0, 'Subject ' || i, '[{"name":"Bob","address":"bob@example.org"}]', '[]' FROM n;
  `)
  connection.close()
}

test(`${points} kills while an old store is brought to the newest schema: every message is there and found`, async () => {
  const template = join(root, 'old')
  oldStore(template)
  const rehearsal = join(root, 'rehearsal')
  cpSync(template, rehearsal, { recursive: true })
  const whole = await runToEnd(killChild('open', rehearsal))
  expect(whole.exitCode, whole.stderr).toBe(0)
  // Most of the run is start-up: the points are laid over what comes after it.
  const places = seededKillPoints(20_261_124, points, { durationMs: whole.elapsedMs / 2 })
  for (const [at, point] of places.entries()) {
    const profile = join(root, String(at))
    const killedAt = await killBeforeEnd(
      () => {
        rmSync(profile, { recursive: true, force: true })
        cpSync(template, profile, { recursive: true })
        return killChild('open', profile)
      },
      point.kind === 'time' ? { kind: 'lines', count: 1, delayMs: point.afterMs } : point,
    )
    const { store, recovered } = openStore({
      directory: profile,
      key: testStoreKey(),
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
    })
    try {
      expect(recovered, describeKillPoint(killedAt)).toBeNull()
      const [mailbox] = store.mailboxes.list()
      expect(mailbox?.total).toBe(rows)
      // By the index of before, until the new one is made.
      expect(store.messages.search(`subject:${rows}`, { mailboxId: null, limit: 10 }).ids).toHaveLength(1)
      expect(store.check().filter(each => each.outcome === 'failed')).toEqual([])
    } finally {
      store.close()
    }
    await rm(profile, { recursive: true, force: true })
  }
}, 900_000)
