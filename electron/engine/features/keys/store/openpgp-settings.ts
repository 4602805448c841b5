import {
  defaultOpenpgpSettings,
  type OpenpgpSettings,
  openpgpSettings,
} from '../../../../../shared/features/writing/protection'
import type { OpenpgpStore } from '../../../ports/keys/openpgp'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import { storedJson } from '../../../store/stored-json'

/** What stands for settings that cannot be read: nothing leaves unencrypted by itself, nobody is asked for keys. */
const strict: OpenpgpSettings = {
  ...defaultOpenpgpSettings,
  policy: 'always',
  wkd: 'off',
  keyserver: 'off',
}

/** OpenPGP settings of each account. */
export function createOpenpgpSettings({
  database,
  feed,
}: StoreContext): Pick<OpenpgpStore, 'settings' | 'setSettings'> {
  const settings: OpenpgpStore['settings'] = accountId => {
    const number = accountNumber(database.read, accountId)
    const text = database.read.value<string>(
      sql`SELECT value FROM openpgp_settings WHERE account = ${number}`,
    )
    if (text === undefined) return defaultOpenpgpSettings
    const stored = storedJson(openpgpSettings.partial(), text)
    return stored === null ? strict : openpgpSettings.parse({ ...defaultOpenpgpSettings, ...stored })
  }
  return {
    settings: accountId => settings(accountId),
    setSettings: (accountId, change) =>
      database.write(
        db => {
          const number = accountNumber(db, accountId)
          const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
          const next = openpgpSettings.parse({ ...settings(accountId), ...given })
          db.run(sql`INSERT OR REPLACE INTO openpgp_settings VALUES (${number}, ${JSON.stringify(next)})`)
          feed.note('key', null)
          return next
        },
        { durable: true },
      ),
  }
}
