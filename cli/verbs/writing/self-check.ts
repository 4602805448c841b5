import { readFile } from 'node:fs/promises'
import type { ClearReport } from '../../../shared/features/writing/clear-report'
import { SiegelError } from '../../../shared/kit/result'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

const problemWords: Readonly<Record<ClearReport['problems'][number], string>> = {
  'content-in-clear': 'The content is not encrypted.',
  'parts-beside': 'There is content outside the encrypted part.',
  'subject-in-clear': 'The subject is not encrypted.',
  'blind-copies-named': 'Blind copies are named.',
}

function lines(report: ClearReport): string[] {
  const people = report.recipients.map(
    ({ keyId, address }) =>
      `  ${address ?? (/^0+$/.test(keyId) ? 'somebody hidden' : `the holder of key ${keyId}`)}`,
  )
  return [
    report.isEncrypted ? 'The content is encrypted. It can be read by:' : 'The content is not encrypted.',
    ...people,
    'Every server on the way reads:',
    ...report.fields.map(({ name, value }) => `  ${name}: ${value}`),
    ...report.parts.map(
      ({ type, fileName, sizeBytes }) =>
        `  part ${type}${fileName === '' ? '' : ` "${fileName}"`}, ${sizeBytes} bytes`,
    ),
    ...report.problems.map(problem => problemWords[problem]),
  ]
}

export const selfCheckVerbs: readonly Verb[] = [
  {
    name: 'self-check',
    usage: 'self-check FILE',
    about: 'Analyse a message file: what is not encrypted, and whose keys open the rest',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const path = options.positionals[0] ?? ''
      const bytes = await readFile(path).catch((error: unknown) => {
        const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
        throw new SiegelError('file-unreadable', { path, reason }, { cause: error })
      })
      const report = await withSession(options, session => session.call('outbox.selfCheck', { bytes }))
      output.result(report, () => lines(report))
    },
  },
]
