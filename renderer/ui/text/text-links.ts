import { LinkifyIt } from 'linkify-it'

/** A piece of a line: plain text, or a link with its true target. */
export type TextPiece = Readonly<{ text: string; url: string | null }>

/** Also `www.example.org`; other names without a scheme are as often files and sentences. */
const linkify = new LinkifyIt()
linkify.add('www.', {
  validate: (text, at) =>
    /^(?:[\p{L}\p{N}-]{1,63}\.){1,10}\p{L}{2,63}(?::\d{1,5})?(?:[/?#][^\s<>"]{0,2000})?/u
      .exec(text.slice(at, at + 3000))?.[0]
      .replace(/[.,;:!?)\]'*]{1,20}$/, '').length ?? 0,
  normalize: match => {
    match.url = `http://${match.url}`
  },
})
/** Only what the system browser or a draft can open; anything else stays text. */
const openable = /^(https?:|mailto:)/i
/** Longer lines are not looked through: nobody writes them, and looking costs. */
const longestLine = 20_000

/** Finds addresses in a line. */
export function textPieces(line: string): readonly TextPiece[] {
  const matches = line.length > longestLine ? null : linkify.match(line)
  if (matches === null) return [{ text: line, url: null }]
  const pieces: TextPiece[] = []
  let at = 0
  for (const match of matches) {
    if (match.index > at) pieces.push({ text: line.slice(at, match.index), url: null })
    pieces.push({ text: match.raw, url: openable.test(match.url) ? match.url : null })
    at = match.lastIndex
  }
  if (at < line.length) pieces.push({ text: line.slice(at), url: null })
  return pieces
}
