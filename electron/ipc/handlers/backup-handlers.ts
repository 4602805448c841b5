import { basename } from 'node:path'
import { SiegelError } from '../../../shared/ipc/result'
import type { Passphrase } from '../../../shared/ipc/secrets'
import type { AppStatus } from '../../../shared/model/status'
import type { MainHandlers } from '../answer-call'

/** The windows of main's own that a backup needs. Null: the user cancelled. */
export type BackupDialogs = {
  saveFile(options: { suggestedName: string; extension: string }): Promise<string | null>
  openBackupFile(): Promise<string | null>
  /** True only when the user said yes to setting aside what does not open. */
  confirmStartAnew(): Promise<boolean>
}

/** What the handlers ask of the profile; `electron/profile-session.ts` is the real one. */
export type BackupProfile = {
  status(): Promise<AppStatus>
  backUp(wish: { path: string; passphrase: Passphrase; replace: boolean }): Promise<unknown>
  restore(backup: { path: string; passphrase: Passphrase }): Promise<void>
  startAnew(): Promise<void>
  /** Ends a backup or a restore that is running. */
  stopWork(): void
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

/** The profile into one file, back from it, or out of the way. `inspect` throws for a file that is no whole backup. */
export const backupHandlers = (parts: {
  dialogs: BackupDialogs
  profile: BackupProfile
  inspect: (path: string) => Promise<unknown>
}): Pick<MainHandlers, Extract<keyof MainHandlers, `profile.${string}`>> => {
  const { dialogs, profile } = parts
  let chosen: string | null = null
  return {
    async 'profile.backup'({ passphrase }) {
      const suggestedName = `Siegel ${dayOf(new Date())}`
      const path = await dialogs.saveFile({ suggestedName, extension: 'siegel-backup' })
      if (path === null) return { saved: [] }
      // The dialog has asked before it answered with a name that is taken.
      await profile.backUp({ path, passphrase, replace: true })
      return { saved: [path] }
    },

    async 'profile.chooseBackup'() {
      const path = await dialogs.openBackupFile()
      if (path === null) return { name: null }
      await parts.inspect(path)
      chosen = path
      return { name: basename(path) }
    },

    async 'profile.restore'({ passphrase }) {
      if (chosen === null) throw new SiegelError('bad-request', { reason: 'no-backup-chosen' })
      await profile.restore({ path: chosen, passphrase })
      chosen = null
      return profile.status()
    },

    async 'profile.stop'() {
      profile.stopWork()
      return {}
    },

    async 'profile.startAnew'() {
      if (await dialogs.confirmStartAnew()) await profile.startAnew()
      return profile.status()
    },
  }
}
