import type {
  AccountConfig,
  AccountSummary,
  MailService,
  ServiceKind,
} from '../../../../../shared/features/accounts/model'
import { mailServiceOf, servicesOf } from '../../../../../shared/features/accounts/services'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { AccountStore } from '../../../ports/store'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import { forgetServerFacts } from './server-facts'

type Row = { number: number; id: string; config: string; sample: number; signature: string; position: number }

const summaryOf = (row: Row): AccountSummary => ({
  id: row.id as AccountId,
  config: JSON.parse(row.config) as AccountConfig,
  sample: row.sample === 1,
  signature: row.signature,
  order: row.position,
})

const isSameServer = (before: MailService | null, after: MailService | null): boolean =>
  before !== null &&
  after !== null &&
  before.imap.host === after.imap.host &&
  before.imap.port === after.imap.port &&
  before.userName === after.userName

/** Accounts, their passwords and the pinned certificates. */
export function createAccountStore({ database, feed, random }: StoreContext): AccountStore {
  const { read } = database

  const get = (id: AccountId): AccountSummary | null => {
    const row = read.get<Row>(sql`SELECT * FROM accounts WHERE id = ${id}`)
    return row === undefined ? null : summaryOf(row)
  }
  const demand = (id: AccountId): AccountSummary => {
    const account = get(id)
    if (account === null) throw new SiegelError('not-found', { what: 'account' })
    return account
  }
  const setPassword = (id: AccountId, service: ServiceKind, password: string): void =>
    database.write(
      db => {
        const number = accountNumber(db, id)
        db.run(sql`
          INSERT OR REPLACE INTO account_passwords (account, service, password)
          VALUES (${number}, ${service}, ${password})`)
        if (service === 'mail') forgetServerFacts(db, number, 'password')
        feed.note('account', [id])
      },
      { durable: true },
    )

  return {
    list: () => read.all<Row>(sql`SELECT * FROM accounts ORDER BY position, number`).map(summaryOf),
    get,
    add: ({ config, sample, password }) =>
      database.write(
        db => {
          const id = Buffer.from(random.bytes(16)).toString('hex') as AccountId
          const kinds = servicesOf({ config })
          const direct = Object.fromEntries(kinds.map(kind => [kind, { kind: 'direct' }]))
          db.run(sql`
            INSERT INTO accounts (id, config, sample, position, route) VALUES (
              ${id}, ${JSON.stringify(config)}, ${sample ? 1 : 0},
              (SELECT coalesce(max(position), 0) + 1 FROM accounts), ${JSON.stringify(direct)})`)
          if (password !== null) for (const kind of kinds) setPassword(id, kind, password)
          feed.note('account', [id])
          return demand(id)
        },
        { durable: true },
      ),
    update: (id, change) =>
      database.write(
        db => {
          const number = accountNumber(db, id)
          if (change.config !== undefined) {
            if (!isSameServer(mailServiceOf(demand(id)), mailServiceOf({ config: change.config })))
              forgetServerFacts(db, number, 'all')
            db.run(
              sql`UPDATE accounts SET config = ${JSON.stringify(change.config)} WHERE number = ${number}`,
            )
          }
          if (change.signature !== undefined) {
            db.run(sql`UPDATE accounts SET signature = ${change.signature} WHERE number = ${number}`)
          }
          feed.note('account', [id])
          return demand(id)
        },
        { durable: true },
      ),
    setPassword,
    forgetPassword: (id, service) =>
      database.write(
        db => {
          db.run(sql`
            DELETE FROM account_passwords WHERE account = ${accountNumber(db, id)} AND service = ${service}`)
          feed.note('account', [id])
        },
        { durable: true },
      ),
    password: (id, service) =>
      read.value<string>(sql`
        SELECT p.password FROM account_passwords p JOIN accounts a ON a.number = p.account
        WHERE a.id = ${id} AND p.service = ${service}`) ?? null,
    remove: id =>
      database.write(
        db => {
          const number = accountNumber(db, id)
          forgetServerFacts(db, number, 'all')
          db.run(sql`DELETE FROM accounts WHERE number = ${number}`)
          feed.note('account', [id])
          feed.note('mailbox', null, 'shape')
          feed.note('message', null, 'gone')
          for (const entity of ['draft', 'outbox', 'task'] as const) feed.note(entity, null)
        },
        { durable: true },
      ),
    pins: () =>
      read.all<{ host: string; port: number; fingerprint256: string }>(
        sql`SELECT host, port, fingerprint256 FROM pins ORDER BY host, port`,
      ),
    removePin: pin =>
      database.write(
        db =>
          db.run(sql`
            DELETE FROM pins WHERE host = ${pin.host} AND port = ${pin.port}
            AND fingerprint256 = ${pin.fingerprint256}`).changes > 0,
        { durable: true },
      ),
    addPin: pin =>
      database.write(
        db => {
          db.run(sql`INSERT OR IGNORE INTO pins VALUES (${pin.host}, ${pin.port}, ${pin.fingerprint256})`)
        },
        { durable: true },
      ),
  }
}
