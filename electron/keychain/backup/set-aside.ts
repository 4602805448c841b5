import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'

/** Everything of a profile that its key or its store is made of; Chromium's folder and stores set aside earlier stay. */
const belongsToProfile = (name: string): boolean =>
  /^(profile\.json|store\.(db|meta|damaged|new|restored)|store-recovering\.db)/.test(name) &&
  !name.includes('.restoring')

/** Notes of ours to ourselves: there may be one before there is a profile. */
const isMarker = (name: string): boolean => /^store\.(damaged|new|restored)$/.test(name)

/** Whether a key file or anything of a store is here. A link or a folder of such a name counts: something is in the way. */
export const hasProfileParts = (directory: string): boolean =>
  existsSync(directory) &&
  lstatSync(directory).isDirectory() &&
  readdirSync(directory).some(name => belongsToProfile(name) && !isMarker(name))

/**
 * Moves key file and store into a folder beside them, whole and unchanged, and answers its name; null when there was
 * nothing. Moved back they are what they were.
 */
export const setProfileAside = (directory: string, nowMs: number): string | null => {
  if (!hasProfileParts(directory)) return null
  const names = readdirSync(directory).filter(belongsToProfile)
  const folder = `set-aside-${new Date(nowMs).toISOString().replace(/[:.]/g, '-')}`
  mkdirSync(join(directory, folder), { recursive: true, mode: 0o700 })
  for (const name of names) renameSync(join(directory, name), join(directory, folder, name))
  return folder
}
