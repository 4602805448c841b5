// A process that is killed: opens a profile, queues messages the first time, and sends what waits. Prints lines at
// every change of the outbox, and what became of every message when nothing more can happen.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../../electron/engine/compose/open-store'
import { createOutboxRunner } from '../../../electron/engine/features/writing/outbox/outbox-runner'
import { createSubmission } from '../../../electron/engine/features/writing/smtp/submission'
import { mime } from '../../../electron/engine/formats/mime/mime'
import { createEgressPolicy } from '../../../electron/engine/net/egress-policy'
import { createGate } from '../../../electron/engine/net/gate'
import type { Log } from '../../../electron/engine/ports/basics'
import { systemClock as clock, systemRandom as random } from '../../../electron/engine/system'
import { noChoice } from '../../../shared/features/writing/protection'
import { until } from '../../support/until'

const { directory, port, ca, user, password, onServer } = JSON.parse(process.argv[2] ?? '') as {
  directory: string
  port: number
  ca: string
  user: string
  password: string
  /** Message-IDs the Sent mailbox of the server has. */
  onServer: string[]
}
const messages = ['one', 'two', 'three']
const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (...words) => process.stderr.write(`${JSON.stringify(words)}\n`),
}
// As whoever makes a profile does: a kill may leave the beginning of a store.
mkdirSync(directory, { recursive: true })
if (!existsSync(join(directory, 'store.db'))) writeFileSync(join(directory, 'store.new'), '')
const { store } = openStore({ directory, key: new Uint8Array(32).fill(7), clock, random, log })

store.transaction(() => {
  if (store.accounts.list().length > 0) return
  const { id: accountId } = store.accounts.add({
    config: {
      address: user,
      displayName: '',
      services: {
        mail: {
          userName: user,
          imap: { host: 'localhost', port: 1, security: 'tls' },
          smtp: { host: 'localhost', port, security: 'tls' },
          caPem: ca,
        },
      },
    },
    sample: false,
    password,
  })
  for (const role of ['inbox', 'sent'] as const)
    store.mailboxes.create({ accountId, path: role, delimiter: '/', role })
  for (const name of messages) {
    const raw = Buffer.from(
      `From: ${user}\r\nMessage-ID: <${name}@rig.test>\r\nSubject: ${name}\r\n\r\nbody\r\n`,
    )
    const content = {
      accountId,
      to: [],
      cc: [],
      bcc: [],
      subject: name,
      text: 'body',
      html: null,
      protection: noChoice,
    }
    const draft = store.drafts.create({ content, relation: null, serverMessageId: null })
    store.outbox.enqueue({
      accountId,
      draftId: draft.id,
      messageIdHeader: `${name}@rig.test`,
      subject: name,
      raw,
      sentCopy: raw,
      envelope: { from: user, to: ['bob@rig.test'] },
      notBeforeMs: 0,
    })
  }
})

const { setState, finish } = store.outbox
store.outbox.setState = (...change) => {
  process.stdout.write(`to ${change[1]}\n`)
  const item = setState(...change)
  process.stdout.write(`is ${item.state}\n`)
  return item
}
store.outbox.finish = id => {
  finish(id)
  process.stdout.write('finishing\n')
}
const policy = createEgressPolicy({ accounts: () => store.accounts.list() })
const gate = createGate({ policy, pins: { isPinned: () => false, hasPin: () => false }, clock, log })
const runner = createOutboxRunner({
  store,
  submission: createSubmission({ gate, log, clock }),
  mime,
  lookForMessage: async (_account, id) => (onServer.includes(id) ? 'found' : 'absent'),
  onSent: () => undefined,
  taskAdded: () => undefined,
  clock,
  random,
  log,
  notice: () => undefined,
})
runner.start()

const settled = () =>
  store.outbox
    .list()
    .every(
      item => item.state === 'unknown' || (item.state === 'sent' && store.outbox.sentCopy(item.id) === null),
    )
await until(settled, 'everything settled', 600_000)
await runner.stop()
const accountId = store.accounts.list()[0]?.id
process.stdout.write(
  `${JSON.stringify(
    store.outbox.list().map(item => ({
      subject: item.subject,
      state: item.state,
      copies: accountId ? store.messages.findByMessageId(accountId, item.messageIdHeader).length : 0,
      draft: store.drafts.list().some(draft => draft.content.subject === item.subject),
      appends: store.tasks.list().length,
    })),
  )}\n`,
)
store.close()
gate.closeAll(null)
