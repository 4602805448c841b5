/**
 * A program of its own, because the keychain library binds to the message bus it was started with.
 * Arguments: operation (state, write, read, remove), profile id, key in hex. Prints JSON.
 */
import { OsKeychain } from '../../../../electron/keychain/os-keychain'
import { toFailure } from '../../../../shared/kit/result'

const [operation, profileId = '', key = ''] = process.argv.slice(2)
const keychain = new OsKeychain()

const run = async (): Promise<unknown> => {
  if (operation === 'state') return keychain.state()
  if (operation === 'write') return keychain.write(profileId, Buffer.from(key, 'hex'))
  if (operation === 'remove') return keychain.remove(profileId)
  const stored = await keychain.read(profileId)
  return stored && Buffer.from(stored).toString('hex')
}

const answer = await run().then(
  value => ({ value: value ?? null }),
  error => ({ error: toFailure(error).code, detail: toFailure(error).params }),
)
process.stdout.write(JSON.stringify(answer))
