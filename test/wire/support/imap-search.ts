import { headerField, parseMime } from './imap-mime'
import type { ScriptedMessage } from './imap-model'
import { inImapSet } from './imap-names'
import { asText, type ImapArgument } from './imap-parser'

/** A message as one session sees it. */
export interface Candidate {
  readonly sequence: number
  readonly message: ScriptedMessage
}

type Test = (candidate: Candidate) => boolean

const flagKeys: Readonly<Record<string, string>> = {
  SEEN: '\\Seen',
  ANSWERED: '\\Answered',
  FLAGGED: '\\Flagged',
  DELETED: '\\Deleted',
  DRAFT: '\\Draft',
}

/** The candidates that meet all keys of a SEARCH (RFC 3501 section 6.4.4, the common keys). Unknown keys throw. */
export function search(candidates: readonly Candidate[], keys: readonly ImapArgument[]): Candidate[] {
  const largest = { sequence: candidates.at(-1)?.sequence ?? 0, uid: candidates.at(-1)?.message.uid ?? 0 }
  const test = all([...keys], largest)
  return candidates.filter(test)
}

interface Largest {
  readonly sequence: number
  readonly uid: number
}

function all(keys: ImapArgument[], largest: Largest): Test {
  const tests: Test[] = []
  while (keys.length > 0) tests.push(next(keys, largest))
  return candidate => tests.every(test => test(candidate))
}

function next(keys: ImapArgument[], largest: Largest): Test {
  const key = keys.shift()
  if (Array.isArray(key)) return all([...key], largest)
  const word = asText(key).toUpperCase()
  const value = () => asText(keys.shift()).toLowerCase()
  const header =
    (name: string, wanted: string): Test =>
    candidate => {
      const found = headerField(parseMime(candidate.message.raw.toString('latin1')).header, name)
      return found !== undefined && Buffer.from(found, 'latin1').toString().toLowerCase().includes(wanted)
    }
  const flag = flagKeys[word]
  if (flag !== undefined) return ({ message }) => message.flags.has(flag)
  const unflag = word.startsWith('UN') ? flagKeys[word.slice(2)] : undefined
  if (unflag !== undefined) return ({ message }) => !message.flags.has(unflag)
  switch (word) {
    case 'ALL':
      return () => true
    case 'UID': {
      const set = value()
      return ({ message }) => inImapSet(set, message.uid, largest.uid)
    }
    case 'NOT': {
      const test = next(keys, largest)
      return candidate => !test(candidate)
    }
    case 'OR': {
      const [one, other] = [next(keys, largest), next(keys, largest)]
      return candidate => one(candidate) || other(candidate)
    }
    case 'KEYWORD': {
      const wanted = value()
      return ({ message }) => [...message.flags].some(present => present.toLowerCase() === wanted)
    }
    case 'MODSEQ': {
      const least = Number(value())
      return ({ message }) => message.modseq >= least
    }
    case 'LARGER': {
      const size = Number(value())
      return ({ message }) => message.raw.length > size
    }
    case 'SINCE':
    case 'SENTSINCE': {
      const time = Date.parse(`${value()} UTC`)
      return ({ message }) => message.internalDate.getTime() >= time
    }
    case 'BEFORE':
    case 'SENTBEFORE': {
      const time = Date.parse(`${value()} UTC`)
      return ({ message }) => message.internalDate.getTime() < time
    }
    case 'HEADER':
      return header(value(), value())
    case 'SUBJECT':
    case 'FROM':
    case 'TO':
    case 'CC':
      return header(word, value())
    case 'TEXT':
    case 'BODY': {
      const wanted = value()
      return ({ message }) => message.raw.toString('utf8').toLowerCase().includes(wanted)
    }
    default:
      if (/^[\d*]/.test(word)) return ({ sequence }) => inImapSet(word, sequence, largest.sequence)
      throw new Error(`the scripted server does not know the search key ${word}`)
  }
}
