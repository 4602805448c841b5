import { limits } from '../../../ports/limits'
import { cleanLine } from './clean-text'

/** One line for the message list: the beginning of the text without quotes and without the signature. */
export function snippetOf(text: string): string {
  // Ten times the result is enough even when most of it is white space.
  const beginning = text.slice(0, limits.snippetCharacters * 10)
  const lines: string[] = []
  let length = 0
  for (const line of beginning.split('\n')) {
    if (line === '-- ' || line === '--') break
    if (line.startsWith('>') || /^[\s\-_=*]*$/.test(line)) continue
    lines.push(line)
    length += line.length
    if (length > limits.snippetCharacters * 2) break
  }
  const own = lines.length === 0 ? beginning : lines.join(' ')
  return cleanLine(own.replace(/(?:\s|\u00ad|\u034f|\u200b|\u200c|\u200d)+/g, ' '), limits.snippetCharacters)
}
