import { tokenizeHtml } from '../../../../../shared/html/tokens'
import { decodeEntities } from './html-entities'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Elements that begin and end on a line of their own. */
const blocks = words(
  'address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul',
)
/** Of these, the ones with an empty line around them. */
const spaced = words('p h1 h2 h3 h4 h5 h6 blockquote ul ol dl pre table')
const skipped = words('svg math object applet select template')
const isBlank = /^[ \t\n\f\r\u00a0]*$/

/**
 * The readable text of an HTML body: one linear pass, no tree. Paragraphs keep an empty line between them, list
 * items a dash, table cells a space; style, script and comments are left out. `maxCharacters` bounds the result.
 */
export function htmlToText(html: string, maxCharacters: number): string {
  let out = ''
  /** Line breaks owed before the next text. */
  let owed = 0
  let spaceOwed = false
  let skipDepth = 0
  let preDepth = 0
  let prefix = ''

  const write = (text: string) => {
    if (out !== '' && owed > 0) out += owed > 1 ? '\n\n' : '\n'
    else if (spaceOwed && out !== '') out += ' '
    out += prefix + text
    owed = 0
    prefix = ''
    spaceOwed = false
  }

  tokenizeHtml(
    html,
    {
      text(from, to) {
        if (skipDepth > 0 || out.length > maxCharacters) return
        const raw = html.slice(from, to)
        if (preDepth > 0) {
          if (raw !== '') write(decodeEntities(raw.replaceAll('\r\n', '\n')))
          return
        }
        if (isBlank.test(raw)) {
          spaceOwed = true
          return
        }
        const text = decodeEntities(raw).replace(/[ \t\n\f\r\u00a0]+/g, ' ')
        if (text.startsWith(' ')) spaceOwed = true
        const trimmed = text.trim()
        if (trimmed === '') return
        write(trimmed)
        spaceOwed = text.endsWith(' ')
      },
      open(name) {
        if (skipped.has(name)) skipDepth++
        else if (name === 'br') {
          if (owed < 2) owed++
          spaceOwed = false
        } else if (blocks.has(name)) {
          owed = Math.max(owed, spaced.has(name) ? 2 : 1)
          spaceOwed = false
          if (name === 'li') prefix = '- '
          if (name === 'pre') preDepth++
        } else if (name === 'td' || name === 'th') spaceOwed = true
      },
      close(name) {
        if (skipped.has(name)) skipDepth = Math.max(0, skipDepth - 1)
        else if (blocks.has(name)) {
          owed = Math.max(owed, spaced.has(name) ? 2 : 1)
          spaceOwed = false
          if (name === 'li') prefix = ''
          if (name === 'pre') preDepth = Math.max(0, preDepth - 1)
        } else if (name === 'td' || name === 'th') spaceOwed = true
      },
      rawText(name, text) {
        if (name === 'textarea' || name === 'xmp' || name === 'plaintext') write(text.trim())
      },
    },
    false,
  )
  return out.length > maxCharacters ? out.slice(0, maxCharacters) : out
}
