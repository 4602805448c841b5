import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EngineWithServers, openEngineWithServers } from '../../support/engine-with-servers'
import { until } from '../../support/until'

/** A disk of our own: 32 MB of memory, where this system lets us mount one. */
const mountSmallDisk = (): string | null => {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true, force: true })
    return null
  }
}

const disk = mountSmallDisk()
const ballast = join(disk ?? '', 'ballast')
let here: EngineWithServers
beforeAll(async () => {
  if (disk === null) return
  const usual = process.env['TMPDIR']
  process.env['TMPDIR'] = disk
  try {
    here = await openEngineWithServers({ background: true })
  } finally {
    if (usual === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = usual
  }
})
afterAll(async () => {
  await here?.close()
  if (disk === null) return
  execFileSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
})

const fillDisk = (): void => {
  try {
    writeFileSync(ballast, Buffer.alloc(64 * 1024 * 1024))
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
  }
}
const state = async () => (await here.call('sync.status', {})).find(each => each.accountId === here.accountId)
const letter = (subject: string, bytes = 2000): string =>
  `From: Bob <bob@rig.test>\r\nTo: alice@rig.test\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@rig.test>\r\n\r\n${'word '.repeat(bytes / 5)}\r\n`

test.skipIf(disk === null)(
  'a full disk under a running account: it is named, nothing is lost, and all goes on once there is room',
  async () => {
    await until(async () => typeof (await state())?.lastCheckedAtMs === 'number', 'the first pass')
    const before = await here.call('drafts.create', {
      mode: 'new',
      messageId: null,
      accountId: here.accountId,
    })
    const kept = await here.call('drafts.save', {
      draftId: before.id,
      content: { ...before.content, subject: 'kept', text: 'before' },
      revision: before.revision,
    })
    const ready = await here.call('drafts.create', {
      mode: 'new',
      messageId: null,
      accountId: here.accountId,
    })
    await here.call('drafts.save', {
      draftId: ready.id,
      content: {
        ...ready.content,
        to: [{ name: 'Bob', address: 'bob@rig.test' }],
        subject: 'later',
        text: 'A word.',
      },
      revision: ready.revision,
    })
    fillDisk()

    // Writing: the text is refused by name and the revision before it stands.
    const save = (text: string) =>
      here.call('drafts.save', {
        draftId: kept.id,
        content: { ...before.content, subject: 'kept', text },
        revision: kept.revision,
      })
    await expect(save('x'.repeat(1_000_000))).rejects.toMatchObject({ code: 'disk-full' })
    // Sending: nothing goes out that could not be written down first.
    await expect(here.call('outbox.send', { draftId: ready.id, passphrase: null })).rejects.toMatchObject({
      code: 'disk-full',
    })
    expect(here.smtp.received).toHaveLength(0)
    expect(here.smtp.connectionCount()).toBe(0)
    // Mail that comes: the account says why it stops.
    const inbox = here.imap.account.get('INBOX')
    for (let at = 0; at < 20; at += 1) inbox.add(letter(`mail-${at}`, 50_000))
    await here.call('sync.now', { accountId: null })
    await until(async () => (await state())?.problem?.code === 'disk-full', 'the account names it')
    const drafts = await here.call('drafts.list', {})
    expect(drafts.map(each => each.content.subject).toSorted()).toEqual(['kept', 'later'])
    expect(drafts.find(each => each.id === kept.id)?.content.text).toBe('before')

    rmSync(ballast)
    await save('after')
    const item = await here.call('outbox.send', { draftId: ready.id, passphrase: null })
    await until(async () => (await here.item(item.id)).state === 'sent', 'sent')
    expect(here.smtp.received).toHaveLength(1)
    await here.call('sync.now', { accountId: null })
    await until(async () => (await here.messages('INBOX')).length >= 20, 'mail came')
    await until(async () => (await state())?.problem === null, 'the account is well')
    const findings = await here.call('doctor.run', {})
    expect(findings.filter(each => each.outcome === 'failed')).toEqual([])
  },
)
