import { verbs } from './kit/all-verbs'
import { parseArguments } from './kit/arguments'
import { describe, exitCodeOf, UsageError } from './kit/exit'
import type { Verb } from './kit/verb'
import { errorWords } from './kit/words/error-words'
import { createOutput } from './kit/words/output'

function help(): string[] {
  return [
    'siegel-cli: private mail without a window',
    '',
    'Usage: npm run -s cli -- VERB [arguments] [--profile DIR] [--json] [--passphrase-file F]',
    '',
    ...verbs.flatMap(verb => [`  ${verb.usage}`, `      ${verb.about}`]),
    '',
    'A FOLDER is account-address/path or local/path. Exit code: 0 ok, 1 failed, 2 used wrongly.',
  ]
}

/** The verb with the most words that match the front of the line. */
function findVerb(argv: readonly string[]): { verb: Verb; rest: readonly string[] } {
  for (const words of [3, 2, 1]) {
    const verb = verbs.find(each => each.name === argv.slice(0, words).join(' '))
    if (verb) return { verb, rest: argv.slice(verb.name.split(' ').length) }
  }
  throw new UsageError(argv[0] === undefined ? 'a verb is missing' : `"${argv[0]}" is not a verb`)
}

async function main(argv: readonly string[]): Promise<void> {
  const output = createOutput(argv.includes('--json'), { out: process.stdout, err: process.stderr })
  try {
    if (argv.length === 0 || argv[0] === '--help' || argv[0] === '-h' || argv[0] === 'help') {
      output.result({ verbs: verbs.map(({ name, usage, about }) => ({ name, usage, about })) }, help)
      if (argv.length === 0) process.exitCode = 2
      return
    }
    const { verb, rest } = findVerb(argv)
    const options = parseArguments(rest, verb.options, verb.takesDashedWords)
    if (options.flag('help')) {
      output.result({ usage: verb.usage, about: verb.about }, () => [verb.usage, `    ${verb.about}`])
      return
    }
    const [min, max] = verb.positionals
    if (options.positionals.length < min) throw new UsageError(`something is missing: ${verb.usage}`)
    if (options.positionals.length > max) throw new UsageError(`too many arguments: ${verb.usage}`)
    await verb.run(options, output)
  } catch (error) {
    if (process.env['SIEGEL_DEBUG'] === '1')
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    output.error(describe(error, errorWords))
    process.exitCode = exitCodeOf(error)
  }
}

// A reader that closed the pipe (head, less) ends the command without a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
})

void main(process.argv.slice(2))
