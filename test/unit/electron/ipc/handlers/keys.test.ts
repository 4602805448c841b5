import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { CallEngine } from '../../../../../electron/ipc/answer-call'
import { keyHandlers, type SecretKeys } from '../../../../../electron/ipc/handlers/keys'
import type { KeptSecret } from '../../../../../shared/ipc/secrets'
import { SiegelError } from '../../../../../shared/kit/result'
import { fingerprintOf, keyFactsOf } from '../../engine/features/keys/store/openpgp-support'

const fingerprint = fingerprintOf('a')
/** Numbers under which the vault keeps what the page gave: a good passphrase, and one that is guessed first. */
const [passphrase, weak] = [{ secret: 1 }, { secret: 2 }]

const emptyReport = {
  keys: [],
  conflicts: [],
  broken: 0,
  unusable: 0,
  unusableKinds: [],
  secretCount: 0,
  withoutAddress: 0,
  revoked: [],
  unknownRevocations: 0,
}

const certificate = { keyId: 'a'.repeat(16), bytes: Buffer.from('certificate') }

function world(
  options: { yes?: boolean; open?: string; save?: string; brings?: 'key' | 'certificate' | 'both' } = {},
) {
  const asked: string[] = []
  const done: [string, unknown][] = []
  const facts = keyFactsOf('a', { userIds: [{ name: '', address: '../me@here.example', valid: true }] })
  const sealed = { facts, bytes: Buffer.from('p'), sealed: Buffer.from('s'), protection: 'vault' as const }
  const secretKeys: Partial<SecretKeys> = {
    importSecret: async (from, given) => {
      // Its bytes never are in main.
      expect('file' in from).toBe(true)
      asked.push(`import ${given ? 'with' : 'without'}`)
      if (given === null) throw new SiegelError('wrong-passphrase')
      const { brings = 'key' } = options
      return {
        keys: brings === 'certificate' ? [] : [sealed],
        revocations: brings === 'key' ? [] : [certificate],
        lostSubkeys: [],
      }
    },
    requireStrong: async given => {
      if (given === weak) throw new SiegelError('weak-passphrase', { reason: 'too-short', minimum: 14 })
    },
    exportSecret: async () => {
      asked.push('export')
      return 'SECRET'
    },
  }
  const callEngine = (async (name: string, input: unknown) => {
    if (name !== 'keys.list') done.push([name, input])
    if (name === 'keys.importPublic')
      return { ok: true, value: { ...emptyReport, revoked: options.yes === true ? [fingerprint] : [] } }
    return {
      ok: true,
      value: name === 'keys.list' || name === 'keys.adopt' ? [{ facts, backedUpAtMs: null }] : [],
    }
  }) as unknown as CallEngine
  const handlers = keyHandlers({
    dialogs: {
      openKeyFile: async () => {
        asked.push('file')
        return options.open ?? null
      },
      openThunderbirdProfile: async () => {
        asked.push('profile')
        return options.open ?? null
      },
      saveFile: async ({ suggestedName }) => {
        asked.push(`save ${suggestedName}`)
        return options.save ?? null
      },
      confirmKey: async ({ kind }) => {
        asked.push(`confirm ${kind}`)
        return options.yes === true
      },
    },
    confirm: async ({ kind }) => {
      asked.push(`confirm ${kind}`)
      return options.yes === true
    },
    secretKeys: () => secretKeys as SecretKeys,
    importThunderbird: async ({ path, primaryPassword }) => {
      asked.push(`import ${path} ${primaryPassword ? 'with' : 'without'}`)
      if (primaryPassword === null) throw new SiegelError('primary-password-needed')
      return { imported: [], locked: 0, broken: 0, others: emptyReport }
    },
    callEngine,
  })
  return { handlers, asked, done }
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'siegel-keys-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

describe('a secret key goes to a file', () => {
  test('only after a yes in a window of main, and under a passphrase that holds', async () => {
    const no = world({ save: join(folder(), 'x') })
    await expect(no.handlers['keys.exportSecret']({ fingerprint, passphrase: weak })).rejects.toThrow(
      'weak-passphrase',
    )
    expect(await no.handlers['keys.exportSecret']({ fingerprint, passphrase })).toEqual({ saved: [] })
    expect(no.asked).toEqual(['confirm export'])
  })

  test('that only its owner reads, under a name without a path, and counts as backed up', async () => {
    const path = join(folder(), 'key.asc')
    const { handlers, asked, done } = world({ yes: true, save: path })
    expect(await handlers['keys.exportSecret']({ fingerprint, passphrase })).toEqual({ saved: [path] })
    expect(asked).toEqual(['confirm export', 'export', 'save _me@here.example-AAAAAAAA-secret'])
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['SECRET', 0o600])
    expect(done).toEqual([['keys.markBackedUp', { fingerprint }]])
  })

  test('and never over another file', async () => {
    const path = join(folder(), 'key.asc')
    writeFileSync(path, 'older backup')
    const { handlers, done } = world({ yes: true, save: path })
    await expect(handlers['keys.exportSecret']({ fingerprint, passphrase })).rejects.toThrow('file-exists')
    expect(readFileSync(path, 'utf8')).toBe('older backup')
    expect(done).toEqual([])
  })
})

test('after a wrong passphrase the same file is tried again without asking for it', async () => {
  const directory = folder()
  const path = join(directory, 'mine.asc')
  writeFileSync(path, 'key')
  const { handlers, asked, done } = world({ open: path })
  const take = (kind: 'file' | 'again', given: KeptSecret | null) =>
    handlers['keys.importSecret']({ from: { kind }, passphrase: given, accountId: null })
  await expect(take('file', null)).rejects.toThrow('wrong-passphrase')
  expect(done).toEqual([])
  await take('again', passphrase)
  expect(asked).toEqual(['file', 'import without', 'import with'])
  expect(done[0]?.[0]).toBe('keys.adopt')
  // It was taken in: nothing is left to try again.
  expect(await take('again', passphrase)).toBeNull()
  expect(readdirSync(directory)).toEqual(['mine.asc'])
})

test('a backup that is imported counts as backed up', async () => {
  const path = join(folder(), 'mine.asc')
  writeFileSync(path, 'key')
  const { handlers, done } = world({ open: path })
  await handlers['keys.importSecret']({ from: { kind: 'file' }, passphrase, accountId: null })
  expect(done).toMatchObject([['keys.adopt', { backedUp: true }]])
})

describe('a revocation certificate among the own keys', () => {
  const take = async (brings: 'certificate' | 'both', yes: boolean) => {
    const path = join(folder(), 'mine.rev')
    writeFileSync(path, 'certificate')
    const { handlers, done, asked } = world({ open: path, brings, yes })
    const result = handlers['keys.importSecret']({ from: { kind: 'file' }, passphrase, accountId: null })
    return { result: await result.catch((error: unknown) => error), done: done.map(([name]) => name), asked }
  }

  test('by itself it is applied, and nothing is adopted', async () => {
    const { result, done } = await take('certificate', true)
    expect(result).toEqual({ imported: [], revoked: [fingerprint], lostSubkeys: [] })
    expect(done).toEqual(['keys.importPublic'])
  })

  test('beside the key it comes second, so that it finds the key', async () => {
    const { result, done } = await take('both', true)
    expect(result).toMatchObject({ imported: [{ backedUpAtMs: null }], revoked: [fingerprint] })
    expect(done).toEqual(['keys.adopt', 'keys.importPublic'])
  })

  test('for a key that is not here it says which key is missing', async () => {
    const { result } = await take('certificate', false)
    expect(result).toMatchObject({ code: 'no-key', params: { keyIds: 'a'.repeat(16) } })
  })
})

test('after a missing primary password the same Thunderbird profile is tried again without asking for it', async () => {
  const { handlers, asked } = world({ open: '/profile' })
  const take = (from: 'folder' | 'again', primaryPassword: KeptSecret | null) =>
    handlers['keys.importThunderbird']({ from, primaryPassword, accountId: null })
  await expect(take('folder', null)).rejects.toThrow('primary-password-needed')
  expect(await take('again', passphrase)).toEqual({ imported: [], locked: 0, broken: 0, others: emptyReport })
  expect(asked).toEqual(['profile', 'import /profile without', 'import /profile with'])
  expect(await take('again', passphrase)).toBeNull()
})

test('an own key is removed only after a yes in a window of main', async () => {
  const no = world()
  expect(await no.handlers['keys.removeOwn']({ fingerprint })).toEqual({ removed: false })
  expect(no.done).toEqual([])
  const yes = world({ yes: true })
  expect(await yes.handlers['keys.removeOwn']({ fingerprint })).toEqual({ removed: true })
  expect(yes.done).toEqual([['keys.forgetOwn', { fingerprint }]])
})
