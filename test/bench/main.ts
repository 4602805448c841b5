// npm run bench [-- --quick] [--only NAME …] [--rounds N] [--record]   Measures Siegel beside its peers.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { inProject } from '../../build/paths.mjs'
import { backup } from './backup'
import { calendar } from './calendar'
import { coldStart } from './cold-start'
import { costs } from './costs'
import { davSync } from './dav-sync'
import { firstSync } from './first-sync'
import { gateCost } from './gate-cost'
import { htmlBodies } from './html-bodies'
import { inWindow } from './in-window'
import { inboxEncryption } from './inbox-encryption'
import { machineFacts, othersShare } from './machine'
import { omemo } from './omemo'
import { openpgp } from './openpgp'
import { overTorSync } from './over-tor'
import { recurrence } from './recurrence'
import { document, section, withNewTables } from './report'
import type { BenchTable, Scenario } from './scenario'
import { search } from './search'
import { takingBack } from './taking-back'

const scenarios: readonly Scenario[] = [
  firstSync,
  search,
  coldStart,
  inWindow,
  inboxEncryption,
  omemo,
  openpgp,
  costs,
  gateCost,
  overTorSync,
  takingBack,
  recurrence,
  backup,
  htmlBodies,
  calendar,
  davSync,
]

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    rounds: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
})
const unknown = values.only?.filter(name => !scenarios.some(scenario => scenario.name === name)) ?? []
if (unknown.length > 0) {
  process.stderr.write(
    `There is no ${unknown.join(', ')}; one of ${scenarios.map(each => each.name).join(', ')}\n`,
  )
  process.exit(2)
}
if (values.record && values.quick) {
  process.stderr.write('A quick look is not for the record\n')
  process.exit(2)
}

const options = {
  quick: values.quick,
  messages: values.quick ? 2000 : 20_000,
  rounds: Number(values.rounds ?? (values.quick ? 1 : 3)),
  say: (words: string) => void process.stderr.write(`${words}\n`),
}
const recorded = inProject('docs', 'benchmarks.md')
const readingTitle = '## Reading'

/** The part of the document that people write. */
const keptReading = (): string => {
  const text = existsSync(recorded) ? readFileSync(recorded, 'utf8') : ''
  const at = text.indexOf(readingTitle)
  return at === -1 ? readingTitle : text.slice(at).trimEnd()
}

const tables: BenchTable[] = []
const busy: number[] = []

const record = async (): Promise<void> => {
  const date = new Date().toISOString().slice(0, 10)
  const { messages, rounds } = options
  if (values.only) {
    const note = `(Measured again by itself on ${date}, ${rounds} rounds; processors already busy with other programs: ${busy.map(share => `${(share * 100).toFixed(0)} %`).join(', ')}.)`
    writeFileSync(recorded, withNewTables(readFileSync(recorded, 'utf8'), tables, note))
    return
  }
  const facts = await machineFacts(busy)
  writeFileSync(recorded, document({ date, messages, rounds, facts, tables, reading: keptReading() }))
}

for (const scenario of scenarios) {
  if (values.only && !values.only.includes(scenario.name)) continue
  busy.push(await othersShare())
  try {
    for (const table of await scenario.run(options)) {
      tables.push(table)
      process.stdout.write(`${section(table)}\n\n`)
    }
  } catch (error) {
    // One that fails does not cost the hour of the others.
    process.stderr.write(`${scenario.name}: ${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 1
  }
}
process.stdout.write(`${(await machineFacts(busy)).map(fact => `- ${fact}`).join('\n')}\n`)
if (values.record) await record()
