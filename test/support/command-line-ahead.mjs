// Loads the built command line before its arguments are known: they are waited for where the program first asks for them. All of the
// program is real, and each call still has a process of its own; only its start lies in the time in which a test waits for another.
import { closeSync, readSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const program = process.argv[2]
/** Arguments as one line of JSON on the fourth descriptor; a test that has ended asks for nothing more. */
const readArguments = () => {
  const chunk = Buffer.alloc(65_536)
  let text = ''
  while (!text.endsWith('\n')) {
    const count = readSync(3, chunk)
    if (count === 0) process.exit(0)
    text += chunk.toString('utf8', 0, count)
  }
  closeSync(3)
  return [process.execPath, program, ...JSON.parse(text)]
}

let given = null
Object.defineProperty(process, 'argv', {
  configurable: true,
  enumerable: true,
  get: () => {
    given ??= readArguments()
    return given
  },
})
await import(pathToFileURL(program).href)
