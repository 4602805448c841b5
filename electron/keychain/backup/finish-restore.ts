import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setProfileAside } from './set-aside'

/** The copy of the database while it is written, and the key file that is written when it is whole and compared. */
export const restoringStore = 'store.db.restoring'
export const restoringProfile = 'profile.json.restoring'
/** Tells the engine that what waited to be sent may have been sent since the backup was made. */
const restoredMarker = 'store.restored'

const syncDirectory = (directory: string): void => {
  if (process.platform === 'win32') return
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Puts a restored profile in place when all of it is there, which the waiting key file says; also after a kill between any
 * two of these steps. What was there before is set aside first. Without a waiting key file nothing is done.
 */
export const finishRestore = (directory: string, nowMs: number): void => {
  const profile = join(directory, restoringProfile)
  if (!existsSync(profile)) return
  const store = join(directory, restoringStore)
  if (existsSync(store)) {
    setProfileAside(directory, nowMs)
    closeSync(openSync(join(directory, restoredMarker), 'w', 0o600))
    renameSync(store, join(directory, 'store.db'))
    syncDirectory(directory)
  }
  renameSync(profile, join(directory, 'profile.json'))
  syncDirectory(directory)
}
