import { chmodSync, existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Read, write and enter for group and all others. */
const others = 0o077

/** Closes one file or folder; true when others have no right on it afterwards. */
const close = (path: string): boolean => {
  try {
    const { mode } = statSync(path)
    if ((mode & others) === 0) return true
    chmodSync(path, mode & 0o700)
    // Some file systems take the call and change nothing.
    return (statSync(path).mode & others) === 0
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}

/**
 * Takes every right of others from a profile directory and from what lies in it (key file, store with its logs, what was
 * set aside), whoever gave it. Answers the names that stay open, `.` for the directory: on a file system without rights, or
 * where they are not ours to change. What lies deeper is closed by the folder around it.
 */
export const closeToOthers = (directory: string): string[] => {
  if (process.platform === 'win32' || !existsSync(directory)) return []
  const stillOpen = close(directory) ? [] : ['.']
  const names = readdirSync(directory)
  // A link's own mode says nothing, and what it leads to may be anybody's.
  const own = names.filter(
    name => !lstatSync(join(directory, name), { throwIfNoEntry: false })?.isSymbolicLink(),
  )
  return [...stillOpen, ...own.filter(name => !close(join(directory, name)))]
}
