import type { HealingMemory } from '../../../../../shared/features/chat/encryption/healing'
import { firstTrust, type StoredTrust } from '../../../../../shared/features/chat/encryption/trust'
import type { AccountId } from '../../../../../shared/kit/ids'
import type { OmemoVersion } from '../../../ports/chat/omemo'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

export type DeviceRow = {
  id: number
  jid: string
  device_id: number
  fingerprint: string
  trust: StoredTrust
  label: string
  versions: string
  is_active: number
  is_new: number
  first_seen: number
  last_seen: number | null
}

export type OwnDeviceRow = {
  device_id: number
  fingerprint: string
  sealed: Uint8Array
  made_at: number
  published: number
}

export type SessionRow = {
  jid: string
  device_id: number
  version: OmemoVersion
  sealed: Uint8Array
  owes: 'answer' | 'heartbeat' | 'heal' | null
  beat: string
  heal_attempts: number
  healed_at: number
}

/** Most devices of one address that are looked at. */
const mostDevices = 64

/** Devices, what a person decided about them, and what the vault sealed. */
export function createKeyRows({ database, feed, clock }: StoreContext) {
  const { read } = database
  const devices = (accountId: AccountId, jid: string): DeviceRow[] =>
    read.all<DeviceRow>(sql`
      SELECT d.* FROM chat_devices d JOIN accounts a ON a.number = d.account
      WHERE a.id = ${accountId} AND d.jid = ${jid} ORDER BY d.is_active DESC, d.first_seen, d.id`)
  const noteDevices = () => feed.note('chat', null, 'devices')
  const trustOfNew = (accountId: AccountId, jid: string): StoredTrust =>
    firstTrust(devices(accountId, jid).map(({ trust }) => trust))
  return {
    devices,
    device: (accountId: AccountId, jid: string, deviceId: number): DeviceRow | null =>
      devices(accountId, jid).find(each => each.device_id === deviceId) ?? null,
    /** The list of an address as its owner published it in one version. */
    setList: (
      accountId: AccountId,
      jid: string,
      version: OmemoVersion,
      ids: readonly Readonly<{ id: number; label: string }>[],
    ): void =>
      database.write(db => {
        const account = accountNumber(db, accountId)
        const nowMs = clock.now()
        const before = devices(accountId, jid)
        const listed = new Map(ids.slice(0, mostDevices).map(each => [each.id, each.label]))
        for (const row of before) {
          const versions = new Set(row.versions.split(',').filter(each => each !== ''))
          if (listed.has(row.device_id)) versions.add(version)
          else versions.delete(version)
          db.run(sql`
            UPDATE chat_devices SET versions = ${[...versions].join(',')}, is_active = ${versions.size > 0 ? 1 : 0},
              label = ${listed.get(row.device_id) || row.label} WHERE id = ${row.id}`)
        }
        const known = new Set(before.map(each => each.device_id))
        const isFirst = before.length === 0
        for (const [id, label] of listed)
          if (!known.has(id))
            db.run(sql`
              INSERT INTO chat_devices (account, jid, device_id, trust, label, versions, is_active, is_new, first_seen)
              VALUES (${account}, ${jid}, ${id}, ${trustOfNew(accountId, jid)}, ${label}, ${version}, 1, ${isFirst ? 0 : 1}, ${nowMs})`)
        noteDevices()
      }),
    /** A device that wrote, or whose bundle was read. False where it is known by another identity, which nothing overwrites. */
    know: (
      accountId: AccountId,
      jid: string,
      deviceId: number,
      fingerprint: string,
      wrote: boolean,
    ): boolean =>
      database.write(db => {
        const account = accountNumber(db, accountId)
        const nowMs = clock.now()
        const row = devices(accountId, jid).find(each => each.device_id === deviceId)
        if (row === undefined) {
          db.run(sql`
            INSERT INTO chat_devices (account, jid, device_id, fingerprint, trust, versions, is_active, is_new, first_seen, last_seen)
            VALUES (${account}, ${jid}, ${deviceId}, ${fingerprint}, ${trustOfNew(accountId, jid)}, '', 0, 1, ${nowMs},
              ${wrote ? nowMs : null})`)
          noteDevices()
          return true
        }
        if (row.fingerprint !== '' && row.fingerprint !== fingerprint) return false
        db.run(sql`
          UPDATE chat_devices SET fingerprint = ${fingerprint}, last_seen = ${wrote ? nowMs : row.last_seen} WHERE id = ${row.id}`)
        if (row.fingerprint === '') noteDevices()
        return true
      }),
    setTrust: (accountId: AccountId, jid: string, fingerprint: string, trust: DeviceRow['trust']): boolean =>
      database.write(
        db => {
          const account = accountNumber(db, accountId)
          const { changes } = db.run(sql`
            UPDATE chat_devices SET trust = ${trust}, is_new = 0
            WHERE account = ${account} AND jid = ${jid} AND fingerprint = ${fingerprint}`)
          noteDevices()
          return changes > 0
        },
        { durable: true },
      ),
    looked: (accountId: AccountId, jid: string): void =>
      database.write(db => {
        const account = accountNumber(db, accountId)
        db.run(
          sql`UPDATE chat_devices SET is_new = 0 WHERE account = ${account} AND jid = ${jid} AND trust <> 'undecided'`,
        )
        noteDevices()
      }),
    own: (accountId: AccountId): OwnDeviceRow | null =>
      read.get<OwnDeviceRow>(sql`
        SELECT o.* FROM chat_own_device o JOIN accounts a ON a.number = o.account WHERE a.id = ${accountId}`) ??
      null,
    setOwn: (
      accountId: AccountId,
      own: Readonly<{ deviceId: number; fingerprint: string; sealed: Uint8Array }>,
    ): void =>
      database.write(
        db => {
          const account = accountNumber(db, accountId)
          db.run(sql`DELETE FROM chat_own_device WHERE account = ${account}`)
          db.run(sql`DELETE FROM chat_sessions WHERE account = ${account}`)
          db.run(sql`
            INSERT INTO chat_own_device (account, device_id, fingerprint, sealed, made_at)
            VALUES (${account}, ${own.deviceId}, ${own.fingerprint}, ${own.sealed}, ${clock.now()})`)
          feed.note('chat-account', [accountId])
        },
        { durable: true },
      ),
    sealOwn: (accountId: AccountId, sealed: Uint8Array): void =>
      database.write(
        db => {
          db.run(
            sql`UPDATE chat_own_device SET sealed = ${sealed} WHERE account = ${accountNumber(db, accountId)}`,
          )
        },
        { durable: true },
      ),
    setPublished: (accountId: AccountId, isPublished: boolean): void =>
      database.write(db => {
        db.run(sql`
          UPDATE chat_own_device SET published = ${isPublished ? 1 : 0} WHERE account = ${accountNumber(db, accountId)}`)
      }),
    session: (
      accountId: AccountId,
      jid: string,
      deviceId: number,
      version: OmemoVersion,
    ): SessionRow | null =>
      read.get<SessionRow>(sql`
        SELECT s.* FROM chat_sessions s JOIN accounts a ON a.number = s.account
        WHERE a.id = ${accountId} AND s.jid = ${jid} AND s.device_id = ${deviceId} AND s.version = ${version}`) ??
      null,
    sealSession: (
      accountId: AccountId,
      jid: string,
      deviceId: number,
      version: OmemoVersion,
      sealed: Uint8Array,
    ): void =>
      database.write(
        db => {
          db.run(sql`
            INSERT INTO chat_sessions (account, jid, device_id, version, sealed)
            VALUES (${accountNumber(db, accountId)}, ${jid}, ${deviceId}, ${version}, ${sealed})
            ON CONFLICT (account, jid, device_id, version) DO UPDATE SET sealed = excluded.sealed`)
        },
        { durable: true },
      ),
    /** An empty message is owed to a device, sent after the archives were read. */
    owe: (
      accountId: AccountId,
      jid: string,
      deviceId: number,
      version: OmemoVersion,
      owes: SessionRow['owes'],
      beat = '',
    ): void =>
      database.write(db => {
        db.run(sql`
          INSERT INTO chat_sessions (account, jid, device_id, version, sealed, owes, beat)
          VALUES (${accountNumber(db, accountId)}, ${jid}, ${deviceId}, ${version}, x'', ${owes}, ${beat})
          ON CONFLICT (account, jid, device_id, version) DO UPDATE SET owes = excluded.owes,
            beat = CASE WHEN excluded.beat = '' THEN beat ELSE excluded.beat END`)
      }),
    owed: (accountId: AccountId): SessionRow[] =>
      read.all<SessionRow>(sql`
        SELECT s.* FROM chat_sessions s JOIN accounts a ON a.number = s.account
        WHERE a.id = ${accountId} AND s.owes IS NOT NULL`),
    /** What was owed was sent. `memory`: of a healing; null where a message could be read again. */
    settled: (
      accountId: AccountId,
      jid: string,
      deviceId: number,
      version: OmemoVersion,
      memory: HealingMemory | null,
    ): void =>
      database.write(db => {
        db.run(sql`
          UPDATE chat_sessions SET owes = NULL, heal_attempts = ${memory?.attempts ?? 0}, healed_at = ${memory?.lastAtMs ?? 0}
          WHERE account = ${accountNumber(db, accountId)} AND jid = ${jid} AND device_id = ${deviceId}
            AND version = ${version}`)
      }),
  }
}
