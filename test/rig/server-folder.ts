import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Not os.tmpdir(): Dovecot's sockets live here, and the path of a unix socket ends at 108 characters.
const parent = '/tmp'
const prefix = 'rig-'
const ownerFile = 'owner.pid'
/** Servers of a killed process need a moment to end before their folder may go. */
const graceMs = 30_000

/** Makes the folder of one pair of servers, and removes those whose process was killed before it could. */
export function createServerFolder(): string {
  removeAbandoned()
  const folder = mkdtempSync(join(parent, prefix))
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, ownerFile), String(process.pid))
  return folder
}

function removeAbandoned(): void {
  for (const name of readdirSync(parent).filter(one => one.startsWith(prefix))) {
    const folder = join(parent, name)
    const owner = join(folder, ownerFile)
    try {
      const { uid, mtimeMs } = statSync(owner)
      if (uid !== process.getuid?.() || Date.now() - mtimeMs < graceMs) continue
      if (!isAlive(Number(readFileSync(owner, 'utf8')))) rmSync(folder, { recursive: true, force: true })
    } catch {
      // Not one of ours, or another process is removing it.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
