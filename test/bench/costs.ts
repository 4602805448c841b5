import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../electron/engine/compose/open-store'
import { mime } from '../../electron/engine/formats/mime/mime'
import { systemClock as clock, systemRandom as random } from '../../electron/engine/system'
import { silentLog, testStoreKey } from '../support/engine-in-test'
import { generatedMaildir } from './mailbox'
import { median } from './measure'
import type { BenchOptions, BenchTable, Scenario } from './scenario'

/** As sync hands them to the store. */
const batch = 60

type Costs = { header: number; parse: number; insertHeader: number; storeBody: number }

/** Milliseconds of one message for each step, without network. */
function oneRound(raws: readonly Buffer[]): Costs & { storeBytes: number } {
  const directory = mkdtempSync(join(tmpdir(), 'siegel-bench-'))
  const { store } = openStore({ directory, key: testStoreKey(), clock, random, log: silentLog })
  const timed = (work: () => void): number => {
    const start = performance.now()
    work()
    return (performance.now() - start) / raws.length
  }
  try {
    const account = store.accounts.add({
      config: { address: 'local', displayName: '', services: {} },
      sample: false,
      password: null,
    })
    const mailbox = store.mailboxes.create({
      accountId: account.id,
      path: 'INBOX',
      delimiter: '/',
      role: 'inbox',
    })
    const header = timed(() => {
      for (const raw of raws) mime.parseHeader(raw.subarray(0, raw.indexOf('\r\n\r\n') + 4))
    })
    const parsed: ReturnType<typeof mime.parseMessage>[] = []
    const parse = timed(() => {
      for (const raw of raws) parsed.push(mime.parseMessage(raw))
    })
    const messages = raws.map((raw, at) => ({
      uid: at + 1,
      raw,
      parsed: parsed[at] ?? mime.parseMessage(raw),
    }))
    const ids: number[] = []
    const insertHeader = timed(() => {
      for (let at = 0; at < messages.length; at += batch)
        ids.push(
          ...store.messages.insertHeaders(
            mailbox.id,
            messages.slice(at, at + batch).map(({ uid, raw, parsed: { header: fields } }) => ({
              uid,
              flags: [],
              modseq: null,
              internalDateMs: fields.dateMs ?? 0,
              sizeBytes: raw.length,
              header: fields,
            })),
          ),
        )
    })
    const storeBody = timed(() => {
      for (let at = 0; at < messages.length; at += batch)
        store.messages.storeBodies(
          messages.slice(at, at + batch).map(({ uid, raw, parsed: whole }) => ({
            id: ids[uid - 1] as Parameters<typeof store.messages.setUid>[0],
            raw,
            parsed: whole,
          })),
        )
    })
    store.close()
    return { header, parse, insertHeader, storeBody, storeBytes: statSync(join(directory, 'store.db')).size }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function run({ quick, messages, rounds, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const source = join(generatedMaildir(messages), 'cur')
  const raws = readdirSync(source)
    .slice(0, quick ? 1000 : 6000)
    .map(name => readFileSync(join(source, name)))
  const bytes = raws.reduce((sum, raw) => sum + raw.length, 0)
  say('cost of a message')
  const samples = Array.from({ length: rounds + 1 }, () => oneRound(raws)).slice(1)
  const of = (part: keyof Costs): string =>
    `${(median(samples.map(each => each[part])) * 1000).toFixed(0)} µs`
  const [sample] = samples
  return [
    {
      title: 'Cost of one message',
      about: `Time a message, in one thread, over ${raws.length} messages of ${(bytes / raws.length / 1000).toFixed(1)} kB on average; transactions of ${batch}. Storing includes compression, encryption and both full-text indexes.`,
      head: ['step', 'time a message'],
      rows: [
        ['read a header', of('header')],
        ['read a whole message (MIME tree, text, attachments)', of('parse')],
        ['store a header', of('insertHeader')],
        ['store a body', of('storeBody')],
        ['size of the store, of the mail', `${(((sample?.storeBytes ?? 0) / bytes) * 100).toFixed(0)} %`],
      ],
      verdicts: [],
    },
  ]
}

export const costs: Scenario = { name: 'costs', run }
