import { imapNstring, imapString } from './imap-names'

/** A MIME entity cut into header and body, with its parts; bytes as latin1 text so that offsets are byte offsets. */
export interface MimeEntity {
  readonly header: string
  readonly body: string
  readonly type: string
  readonly subtype: string
  readonly parameters: ReadonlyMap<string, string>
  readonly parts: readonly MimeEntity[]
}

/** Cuts a message into its parts. Enough for well-formed test messages. */
export function parseMime(text: string): MimeEntity {
  const end = text.startsWith('\r\n') ? 0 : text.indexOf('\r\n\r\n') + 2
  const header = end === 1 ? text : text.slice(0, end)
  const body = end === 1 ? '' : text.slice(end + 2)
  const contentType = headerField(header, 'content-type') ?? 'text/plain; charset=us-ascii'
  const [mediaType = '', ...rest] = contentType.split(';')
  const [type = 'text', subtype = 'plain'] = mediaType.trim().toLowerCase().split('/')
  const parameters = new Map<string, string>()
  for (const [, name, quoted, bare] of rest.join(';').matchAll(/([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s;]+))/g)) {
    parameters.set(name!.toLowerCase(), quoted ?? bare ?? '')
  }
  return {
    header,
    body,
    type,
    subtype,
    parameters,
    parts: type === 'multipart' ? cutParts(body, parameters) : [],
  }
}

function cutParts(body: string, parameters: ReadonlyMap<string, string>): MimeEntity[] {
  const boundary = `--${parameters.get('boundary') ?? ''}`
  const pieces = `\r\n${body}`.split(`\r\n${boundary}`)
  return pieces
    .slice(1)
    .filter(piece => !piece.startsWith('--'))
    .map(piece => parseMime(piece.replace(/^[ \t]*\r\n/, '')))
}

/** The value of a header field, unfolded; undefined when it is not there. */
export function headerField(header: string, name: string): string | undefined {
  const match = new RegExp(`^${name}:[ \\t]*((?:.|\\r\\n[ \\t])*)`, 'im').exec(header)
  return match?.[1]?.replace(/\r\n[ \t]/g, ' ').trim()
}

/** The part `1.2` of a message; undefined when it is not there. */
export function partAt(root: MimeEntity, path: string): MimeEntity | undefined {
  let entity: MimeEntity | undefined = root
  for (const step of path.split('.')) {
    if (entity?.type === 'message') entity = parseMime(entity.body)
    // Part 1 of something that is not a multipart is the thing itself (RFC 3501 section 6.4.5).
    entity = entity && entity.parts.length === 0 && step === '1' ? entity : entity?.parts[Number(step) - 1]
  }
  return entity
}

/** ENVELOPE of a header (RFC 3501 section 7.4.2). */
export function envelope(header: string): string {
  const text = (name: string) => imapNstring(headerField(header, name))
  const from = addresses(headerField(header, 'from'))
  const or = (name: string) => {
    const value = headerField(header, name)
    return value ? addresses(value) : from
  }
  const list = (name: string) => addresses(headerField(header, name))
  return `(${[
    ...[text('date'), text('subject'), from, or('sender'), or('reply-to')],
    ...[list('to'), list('cc'), list('bcc'), text('in-reply-to'), text('message-id')],
  ].join(' ')})`
}

function addresses(value: string | undefined): string {
  const found = [
    ...(value ?? '').matchAll(
      /(?:"((?:[^"\\]|\\.)*)"|([^",<>]*?))\s*<([^<>@]+)@([^<>]+)>|([^\s,<>]+)@([^\s,<>]+)/g,
    ),
  ]
  if (found.length === 0) return 'NIL'
  const one = ([, quoted, plain, local, host, bareLocal, bareHost]: RegExpMatchArray) => {
    const name = quoted ?? (plain?.trim() || undefined)
    return `(${imapNstring(name)} NIL ${imapNstring(local ?? bareLocal)} ${imapNstring(host ?? bareHost)})`
  }
  return `(${found.map(one).join('')})`
}

/** BODYSTRUCTURE (RFC 3501 section 7.4.2), with extension data. */
export function bodyStructure(entity: MimeEntity): string {
  const parameters = (map: ReadonlyMap<string, string>) =>
    map.size === 0 ? 'NIL' : `(${[...map].flat().map(imapString).join(' ')})`
  const disposition = dispositionOf(entity.header)
  if (entity.parts.length > 0) {
    const parts = entity.parts.map(bodyStructure).join('')
    return `(${parts} ${imapString(entity.subtype)} ${parameters(entity.parameters)} ${disposition} NIL NIL)`
  }
  const lines = entity.body.split('\r\n').length - 1
  const fields = [
    ...[imapString(entity.type), imapString(entity.subtype), parameters(entity.parameters)],
    ...[imapNstring(headerField(entity.header, 'content-id')), 'NIL'],
    imapString(headerField(entity.header, 'content-transfer-encoding') ?? '7bit'),
    String(entity.body.length),
  ]
  if (entity.type === 'text') fields.push(String(lines))
  if (entity.type === 'message' && entity.subtype === 'rfc822') {
    const inner = parseMime(entity.body)
    fields.push(envelope(inner.header), bodyStructure(inner), String(lines))
  }
  return `(${[...fields, 'NIL', disposition, 'NIL', 'NIL'].join(' ')})`
}

function dispositionOf(header: string): string {
  const value = headerField(header, 'content-disposition')
  if (value === undefined) return 'NIL'
  const name = /filename="?([^";]*)"?/i.exec(value)?.[1]
  const kind = imapString(value.split(';')[0]!.trim())
  return `(${kind} ${name === undefined ? 'NIL' : `(${imapString('filename')} ${imapString(name)})`})`
}
