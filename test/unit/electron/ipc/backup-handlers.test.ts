import { expect, test } from 'vitest'
import { backupHandlers } from '../../../../electron/ipc/handlers/backup-handlers'
import { SiegelError } from '../../../../shared/ipc/result'
import type { AppStatus } from '../../../../shared/model/status'

const secret = { secret: 7 }

/** A person who answers every dialog alike, and what came of it. */
const world = (choice: { path: string | null; saysYes: boolean; isBackup?: boolean }) => {
  const done: unknown[] = []
  const handlers = backupHandlers({
    dialogs: {
      saveFile: async ({ suggestedName, extension }) => {
        done.push(['asked', `${suggestedName}.${extension}`.replace(/\d{4}-\d\d-\d\d/, 'DAY')])
        return choice.path
      },
      openBackupFile: async () => choice.path,
      confirmStartAnew: async () => choice.saysYes,
    },
    profile: {
      status: async () => ({ state: 'failed' }) as AppStatus,
      backUp: async wish => done.push(['backUp', wish]),
      restore: async backup => void done.push(['restore', backup]),
      stopWork: () => void done.push(['stopWork']),
      startAnew: async () => void done.push(['startAnew']),
    },
    inspect: async path => {
      if (choice.isBackup === false) throw new SiegelError('backup-foreign', { path })
    },
  })
  return { done, handlers }
}

test('a backup goes where the person said, and nowhere when the dialog was closed', async () => {
  const { done, handlers } = world({ path: '/stick/a', saysYes: false })
  expect(await handlers['profile.backup']({ passphrase: secret })).toEqual({ saved: ['/stick/a'] })
  expect(done).toEqual([
    ['asked', 'Siegel DAY.siegel-backup'],
    ['backUp', { path: '/stick/a', passphrase: secret, replace: true }],
  ])
  const closed = world({ path: null, saysYes: false })
  expect(await closed.handlers['profile.backup']({ passphrase: secret })).toEqual({ saved: [] })
  expect(closed.done).toHaveLength(1)
})

test('a page cannot restore a file that nobody chose, nor one that is no backup', async () => {
  const none = world({ path: null, saysYes: false })
  expect(await none.handlers['profile.chooseBackup']({})).toEqual({ name: null })
  await expect(none.handlers['profile.restore']({ passphrase: secret })).rejects.toMatchObject({
    code: 'bad-request',
  })
  const foreign = world({ path: '/a/letter.txt', saysYes: false, isBackup: false })
  await expect(foreign.handlers['profile.chooseBackup']({})).rejects.toMatchObject({ code: 'backup-foreign' })
  await expect(foreign.handlers['profile.restore']({ passphrase: secret })).rejects.toMatchObject({
    code: 'bad-request',
  })
  expect([...none.done, ...foreign.done]).toEqual([])
})

test('the chosen backup is restored, once, and its place is not told to the page', async () => {
  const { done, handlers } = world({ path: '/stick/mail.siegel-backup', saysYes: false })
  expect(await handlers['profile.chooseBackup']({})).toEqual({ name: 'mail.siegel-backup' })
  await handlers['profile.restore']({ passphrase: secret })
  expect(done).toEqual([['restore', { path: '/stick/mail.siegel-backup', passphrase: secret }]])
  await expect(handlers['profile.restore']({ passphrase: secret })).rejects.toMatchObject({
    code: 'bad-request',
  })
})

test('nothing is set aside without a yes', async () => {
  const no = world({ path: null, saysYes: false })
  await no.handlers['profile.startAnew']({})
  expect(no.done).toEqual([])
  const yes = world({ path: null, saysYes: true })
  await yes.handlers['profile.startAnew']({})
  expect(yes.done).toEqual([['startAnew']])
})

test('what is running is stopped when the page says so', async () => {
  const { done, handlers } = world({ path: null, saysYes: false })
  await handlers['profile.stop']({})
  expect(done).toEqual([['stopWork']])
})
