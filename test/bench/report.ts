import type { BenchTable } from './scenario'

const table = ({ head, rows }: BenchTable): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')

/** One measurement as Markdown. */
export const section = (each: BenchTable): string =>
  [
    `## ${each.title}`,
    each.about,
    table(each),
    ...(each.verdicts.length > 0 ? [each.verdicts.map(line => `- ${line}`).join('\n')] : []),
  ].join('\n\n')

/** docs/benchmarks.md. */
export function document(options: {
  date: string
  messages: number
  rounds: number
  facts: readonly string[]
  tables: readonly BenchTable[]
  reading: string
}): string {
  const { date, messages, rounds, facts, tables, reading } = options
  return `${[
    '# Benchmarks',
    `Written by \`npm run bench -- --record\` on ${date}; only the reading at the end is written by hand and kept. Every number stands beside its peer from the same run, on a generated mailbox of ${messages.toLocaleString('en')} messages (about ${((messages * 10.5) / 1000).toFixed(0)} MB; what is in it is told in test/fixtures/mail-generator.ts). Medians of ${rounds} rounds in which the programs take turns. Compare the columns of one table with each other, not with those of another machine.`,
    facts.map(fact => `- ${fact}`).join('\n'),
    ...tables.map(section),
    reading,
  ].join('\n\n')}\n`
}

/** The document with these tables in place of their older ones; the rest stays as it was measured. */
export function withNewTables(text: string, tables: readonly BenchTable[], note: string): string {
  return tables.reduce((before, each) => {
    const from = before.indexOf(`## ${each.title}\n`)
    const fresh = section({ ...each, about: `${each.about} ${note}` })
    // What failed in the whole run is missing: it goes to the end, before the reading.
    if (from === -1) return before.replace('## Reading', () => `${fresh}\n\n## Reading`)
    return `${before.slice(0, from)}${fresh}\n${before.slice(before.indexOf('\n## ', from))}`
  }, text)
}
