// node … fill-profile.ts PROFILE COUNT SOURCE   Makes a profile under the keychain of this desktop and fills a local inbox.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../electron/engine/compose/open-store'
import { mime } from '../../electron/engine/formats/mime/mime'
import { systemClock as clock, systemRandom as random } from '../../electron/engine/system'
import { nodeFileCalls } from '../../electron/keychain/atomic-file'
import { OsKeychain } from '../../electron/keychain/os-keychain'
import { createProfile } from '../../electron/keychain/profile-keys'
import { silentLog } from '../support/engine-in-test'
import { startSourceVaultWorker } from '../unit/electron/vault/source-worker'

const [profile = '', countText = '0', source = ''] = process.argv.slice(2)
const count = Number(countText)
const dayMs = 86_400_000

const parts = { keychain: new OsKeychain(), startVaultWorker: startSourceVaultWorker, files: nodeFileCalls }
const unlocked = await createProfile(profile, { custody: 'keychain', passphrase: null }, parts)
const { store } = openStore({
  directory: profile,
  key: await unlocked.storeKey(),
  clock,
  random,
  log: silentLog,
})
const account = store.accounts.add({
  config: { address: 'local', displayName: '', services: {} },
  sample: false,
  password: null,
})
const inbox = store.mailboxes.create({ accountId: account.id, path: 'INBOX', delimiter: '/', role: 'inbox' })

// Real headers with short texts. More than the source holds: the same again as other messages of other days.
const names = readdirSync(join(source, 'cur')).slice(0, Math.min(count, 20_000))
const originals = names.map(name => {
  const parsed = mime.parseMessage(readFileSync(join(source, 'cur', name)))
  return { parsed: { ...parsed, text: parsed.text.slice(0, 300), html: null }, seen: name.endsWith('S') }
})
for (let at = 0; at < count; at += 200) {
  store.messages.insertLocalMany(
    inbox.id,
    Array.from({ length: Math.min(200, count - at) }, (_, step) => {
      const original = originals[(at + step) % originals.length]
      if (!original) throw new Error('no mail to fill with')
      const copy = Math.floor((at + step) / originals.length)
      const { header } = original.parsed
      const dateMs = (header.dateMs ?? 0) - copy * dayMs
      const own = (id: string): string => (id === '' ? '' : `${copy}.${id}`)
      const parsed = {
        ...original.parsed,
        header: {
          ...header,
          dateMs,
          messageIdHeader: own(header.messageIdHeader),
          inReplyTo: own(header.inReplyTo),
          references: header.references.map(own),
        },
      }
      const raw = Buffer.from(`Message-ID: <${parsed.header.messageIdHeader}>\r\n\r\n${parsed.text}\r\n`)
      return {
        uid: null,
        flags: original.seen ? ['\\Seen'] : [],
        modseq: null,
        internalDateMs: dateMs,
        sizeBytes: raw.length,
        header: parsed.header,
        raw,
        parsed,
      }
    }),
  )
}
store.close()
await unlocked.close()
