import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { generateMessages } from '../../fixtures/mail-generator'
import { type ListedMessage, TestProfile } from '../../support/command-line'

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('import and export from the command line', () => {
  const profile = new TestProfile()
  const root = mkdtempSync(join(tmpdir(), 'sga-'))
  const originals = [...generateMessages(120, 9)].map(each => Buffer.from(each.raw))
  const maildir = join(root, 'Maildir')
  afterAll(async () => {
    await profile.remove()
    await rm(root, { recursive: true, force: true })
  })

  const hashesOf = (directory: string) =>
    readdirSync(directory)
      .filter(name => name.endsWith('.eml'))
      .map(name => hash(readFileSync(join(directory, name))))
      .sort()

  test('a Maildir goes in and comes out as .eml, byte for byte, flags kept; equal copies stay two', async () => {
    await profile.create()
    for (const sub of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, sub), { recursive: true })
    const twice = originals[0] as Buffer
    const all = [...originals, twice]
    all.forEach((raw, at) => {
      writeFileSync(join(maildir, 'cur', `${at}.test:2,${at % 3 === 0 ? 'FS' : ''}`), raw)
    })
    expect(await profile.json('import', maildir, '--into', 'local/Kept/2026')).toMatchObject({
      imported: 121,
      skipped: 0,
    })
    const eml = join(root, 'eml')
    expect(await profile.json('export', 'local/Kept/2026', eml, '--format', 'eml')).toEqual({ exported: 121 })
    expect(hashesOf(eml)).toEqual(all.map(hash).sort())
    const listed = await profile.json<ListedMessage[]>('list', 'local/Kept/2026', '--limit', '500')
    expect(listed.filter(each => each.flags.includes('flagged')).length).toBe(
      all.filter((_, at) => at % 3 === 0).length,
    )
  })

  test('importing the same again adds nothing', async () => {
    expect(await profile.json('import', maildir, '--into', 'local/Kept/2026')).toMatchObject({
      imported: 0,
      skipped: 121,
    })
  })

  test('mbox there and back keeps every byte and flag', async () => {
    const mbox = join(root, 'kept.mbox')
    await profile.json('export', 'local/Kept/2026', mbox)
    await profile.json('import', mbox, '--into', 'local/Again')
    const eml = join(root, 'again')
    await profile.json('export', 'local/Again', eml, '--format', 'eml')
    expect(hashesOf(eml)).toEqual([...originals, originals[0] as Buffer].map(hash).sort())
    const flags = async (folder: string) =>
      (await profile.json<ListedMessage[]>('list', folder, '--limit', '500'))
        .map(each => [...each.flags].sort().join())
        .sort()
    expect(await flags('local/Again')).toEqual(await flags('local/Kept/2026'))
  })

  test('two different messages that share a Message-ID and a size are both kept', async () => {
    const directory = join(root, 'clash')
    mkdirSync(directory)
    for (const word of ['one', 'two']) {
      writeFileSync(
        join(directory, `${word}.eml`),
        `Message-ID: <same@example.org>\r\nSubject: ${word}\r\n\r\n${word}\r\n`,
      )
    }
    expect(await profile.json('import', directory, '--into', 'local/Clash')).toMatchObject({
      imported: 2,
      skipped: 0,
    })
  })

  test('an existing file is not overwritten, and a folder that is not there is named', async () => {
    expect((await profile.failure('export', 'local/Again', join(root, 'kept.mbox'))).code).toBe('file-exists')
    const missing = await profile.failure('export', 'local/Nowhere', join(root, 'x.mbox'))
    expect(missing).toEqual({ code: 'mailbox-missing', message: 'There is no such folder local/Nowhere' })
  })

  test('a backup opens with the same key and holds the same mail', async () => {
    const backup = join(root, 'backup.db')
    const { bytes } = await profile.json<{ bytes: number }>('backup', backup)
    expect(bytes).toBeGreaterThan(100_000)
    expect(readFileSync(backup).subarray(0, 15).toString('latin1')).not.toContain('SQLite')
    const other = new TestProfile()
    mkdirSync(other.profile)
    for (const name of readdirSync(profile.profile)) {
      if (!name.startsWith('store.db'))
        writeFileSync(join(other.profile, name), readFileSync(join(profile.profile, name)))
    }
    writeFileSync(join(other.profile, 'store.db'), readFileSync(backup))
    const listed = await other.json<ListedMessage[]>('list', 'local/Kept/2026', '--limit', '500')
    expect(listed).toHaveLength(121)
    await other.remove()
  })
})
