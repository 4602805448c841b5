import { limits } from '../../../ports/limits'

const lf = 0x0a
const cr = 0x0d

/** Names of fields that a header has; another name before a colon may be a word of the text. */
const knownField =
  /^(?:x-|content-|list-|resent-|arc-|dkim-|authentication-|autocrypt|(?:from|to|cc|bcc|sender|reply-to|subject|date|message-id|in-reply-to|references|mime-version|received|return-path|delivered-to|envelope-to|precedence|priority|importance|sensitivity|organi[sz]ation|user-agent|status|comments|keywords|errors-to|lines|path|newsgroups|thread-topic|thread-index|disposition-notification-to|auto-submitted|followup-to|mail-followup-to|mail-reply-to|original-recipient|feedback-id|require-recipient-valid-since|bimi-selector|openpgp|face|xref|distribution|approved|sent|apparently-to)$)/

/** What a line of a header block can be. A name of a field has no space in it (RFC 5322 §2.2). */
type Line = 'field' | 'known' | 'fold' | 'blank' | 'empty' | 'junk'

/** Lines looked at to tell which of two broken headers it is. */
const lookedAhead = 200

/**
 * Where the body of an entity begins. Its header ends at an empty line; some programs put spaces into that line or leave
 * it out, and then the first line that is none of a header begins the text (RFC 5322 §2.2), unless more fields follow
 * before the next empty line: that was a badly folded field. A part may begin with its text at once (`isPart`).
 */
export function findBody(raw: Buffer, start: number, end: number, lineEnd: number, isPart = false): number {
  let at = start
  let isFirst = true
  while (at < end) {
    // Nothing behind this is read as a header: its end is looked for, and no more.
    if (at - start > limits.headerBytes) return emptyLine(raw, at, end, lineEnd)
    const stop = lineStop(raw, at, end, lineEnd)
    const next = Math.min(stop + 1, end)
    switch (kindOf(raw, at, stop, lineEnd)) {
      case 'empty':
        return next
      case 'blank': {
        const field = goesOnAt(raw, next, end, lineEnd, 'field', isPart)
        if (field === -1) return next
        at = field
        break
      }
      case 'junk': {
        const field = goesOnAt(raw, next, end, lineEnd, 'known', isPart)
        if (field === -1 && !(isFirst && isMboxLine(raw, at))) return at
        at = field === -1 ? next : field
        break
      }
      case 'field':
        // "Note: the plan has changed" as the first line of a part is no header.
        if (isFirst && isPart && goesOnAt(raw, next, end, lineEnd, 'known', isPart) === -1) return at
        at = next
        break
      case 'known':
      case 'fold':
        at = next
        break
    }
    isFirst = false
  }
  return end
}

/** Behind the next empty line. */
function emptyLine(raw: Buffer, from: number, end: number, lineEnd: number): number {
  let at = from
  while (at < end) {
    const stop = lineStop(raw, at, end, lineEnd)
    if (stop === at || (lineEnd === lf && stop === at + 1 && raw[at] === cr)) return Math.min(stop + 1, end)
    at = stop + 1
  }
  return end
}

/** Where the header goes on: at a field (of a known name) that comes before text or an empty line does. Else -1. */
function goesOnAt(
  raw: Buffer,
  from: number,
  end: number,
  lineEnd: number,
  wanted: 'field' | 'known',
  isPart: boolean,
): number {
  let at = from
  for (let line = 0; line < lookedAhead && at < end && at - from < limits.headerBytes; line++) {
    const stop = lineStop(raw, at, end, lineEnd)
    const kind = kindOf(raw, at, stop, lineEnd)
    if (kind === 'empty' || kind === 'blank') return -1
    if (kind === 'known' && !(isPart && wanted === 'known' && !isContentField(raw, at))) return at
    if (kind === 'field' && wanted === 'field') return isFollowedByText(raw, stop + 1, end, lineEnd) ? -1 : at
    if (kind === 'junk' && wanted === 'field') return -1
    at = stop + 1
  }
  return -1
}

/** After a field of an unknown name: text follows, without an empty line first. */
function isFollowedByText(raw: Buffer, from: number, end: number, lineEnd: number): boolean {
  let at = from
  for (let line = 0; line < lookedAhead && at < end; line++) {
    const stop = lineStop(raw, at, end, lineEnd)
    const kind = kindOf(raw, at, stop, lineEnd)
    if (kind === 'known') return false
    if (kind === 'junk' || kind === 'blank') return true
    if (kind === 'empty') return false
    at = stop + 1
  }
  return false
}

const isContentField = (raw: Buffer, at: number): boolean =>
  /^content-/i.test(raw.toString('latin1', at, at + 8))

/** The separator of an mbox file that was left in, also quoted. */
const isMboxLine = (raw: Buffer, at: number): boolean => /^>?From /.test(raw.toString('latin1', at, at + 6))

function lineStop(raw: Buffer, at: number, end: number, lineEnd: number): number {
  const stop = raw.indexOf(lineEnd, at)
  return stop === -1 || stop > end ? end : stop
}

function kindOf(raw: Buffer, at: number, stop: number, lineEnd: number): Line {
  const last = lineEnd === lf && raw[stop - 1] === cr && stop > at ? stop - 1 : stop
  if (last === at) return 'empty'
  const first = raw[at]
  if (first === 0x20 || first === 0x09) return isBlank(raw, at, last) ? 'blank' : 'fold'
  const name = /^([!-9;-~]{1,200})[ \t]*:/.exec(raw.toString('latin1', at, Math.min(last, at + 220)))?.[1]
  if (name === undefined) return 'junk'
  return knownField.test(name.toLowerCase()) ? 'known' : 'field'
}

function isBlank(raw: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (raw[at] !== 0x20 && raw[at] !== 0x09) return false
  return true
}
