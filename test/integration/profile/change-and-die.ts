/**
 * A program of its own: changes the custody of a profile and dies by SIGKILL at the step it is told, half-way
 * through a write where the step is a write. Prints the number of steps when it was allowed to finish.
 * Arguments: profile directory, ring directory, change as JSON, step to die at (0: never).
 */
import { type FileCalls, nodeFileCalls } from '../../../electron/keychain/atomic-file'
import { changeCustody } from '../../../electron/keychain/change-custody'
import type { Keychain } from '../../../electron/keychain/keychain'
import { FileKeychain } from '../../unit/electron/keychain/file-keychain'
import { startSourceVaultWorker } from '../../unit/electron/vault/source-worker'

const [profile = '', ring = '', change = '', dieAt = '0'] = process.argv.slice(2)

let steps = 0
const step = async (lastAct?: () => Promise<unknown>): Promise<void> => {
  steps += 1
  if (steps !== Number(dieAt)) return
  await lastAct?.()
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => {})
}

const files: FileCalls = {
  async open(path, flags, mode) {
    await step()
    const file = await nodeFileCalls.open(path, flags, mode)
    return {
      async writeFile(content) {
        await step(() => file.writeFile(String(content).slice(0, String(content).length / 2)))
        await file.writeFile(content)
      },
      async sync() {
        await step()
        await file.sync()
      },
      async close() {
        await step()
        await file.close()
      },
    }
  },
  async rename(from, to) {
    await step()
    await nodeFileCalls.rename(from, to)
  },
  unlink: nodeFileCalls.unlink,
}

const real = new FileKeychain(ring)
const keychain: Keychain = {
  state: () => real.state(),
  read: id => real.read(id),
  async write(id, key) {
    await step()
    await real.write(id, key)
    await step()
  },
  async remove(id) {
    await step()
    await real.remove(id)
    await step()
  },
}

await changeCustody(profile, JSON.parse(change), {
  keychain,
  startVaultWorker: startSourceVaultWorker,
  files,
})
process.stdout.write(String(steps))
