/** One invented message before it is bytes. `text` and `html` are Unicode with LF line ends. */
export type SampleSource = Readonly<{
  id: string
  from: string
  to: string
  cc?: string
  subject: string
  /** Hours before now. */
  hoursAgo: number
  text?: string
  html?: string
  attachment?: Readonly<{ fileName: string; contentType: string; bytes: Buffer }>
  inReplyTo?: string
  references?: readonly string[]
  /** Header lines such as List-Id, written as they are. */
  extra?: readonly string[]
}>

/** A whole RFC 5322 message with CRLF line ends. Bodies travel as UTF-8 in base64: any text fits any line. */
export function composeSample(source: SampleSource, nowMs: number): Buffer {
  const idDomain = /@([^>\s]+)/.exec(source.from)?.[1] ?? 'example.org'
  const lines = [
    `From: ${encodeNames(source.from)}`,
    `To: ${encodeNames(source.to)}`,
    ...(source.cc === undefined ? [] : [`Cc: ${encodeNames(source.cc)}`]),
    `Subject: ${encodeText(source.subject)}`,
    `Date: ${new Date(sampleTime(source, nowMs)).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${source.id}@${idDomain}>`,
    ...(source.inReplyTo === undefined ? [] : [`In-Reply-To: <${source.inReplyTo}>`]),
    ...(source.references === undefined
      ? []
      : [`References: ${source.references.map(id => `<${id}>`).join('\r\n ')}`]),
    ...(source.extra ?? []),
    'MIME-Version: 1.0',
  ]
  const readable = readableEntity(source)
  const entity =
    source.attachment === undefined
      ? readable
      : multipart('mixed', source.id, [readable, attachmentEntity(source.attachment)])
  return Buffer.from([...lines, ...entity].join('\r\n'), 'utf8')
}

/** When the message arrived, whole minutes. */
export const sampleTime = (source: SampleSource, nowMs: number): number =>
  Math.floor((nowMs - source.hoursAgo * 3_600_000) / 60_000) * 60_000

function readableEntity(source: SampleSource): string[] {
  const plain = source.text === undefined ? null : textEntity('plain', source.text)
  const html = source.html === undefined ? null : textEntity('html', source.html)
  if (plain && html) return multipart('alternative', `${source.id}-text`, [plain, html])
  return html ?? plain ?? textEntity('plain', '')
}

const textEntity = (subtype: string, text: string): string[] => [
  `Content-Type: text/${subtype}; charset=utf-8`,
  'Content-Transfer-Encoding: base64',
  '',
  base64Lines(Buffer.from(text.replaceAll('\n', '\r\n'), 'utf8')),
  '',
]

const attachmentEntity = (attachment: NonNullable<SampleSource['attachment']>): string[] => [
  `Content-Type: ${attachment.contentType}`,
  `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(attachment.fileName)}`,
  'Content-Transfer-Encoding: base64',
  '',
  base64Lines(attachment.bytes),
  '',
]

function multipart(subtype: string, boundary: string, parts: readonly string[][]): string[] {
  return [
    `Content-Type: multipart/${subtype}; boundary="=_${boundary}"`,
    '',
    ...parts.flatMap(part => [`--=_${boundary}`, ...part]),
    `--=_${boundary}--`,
    '',
  ]
}

const base64Lines = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n')

function encodeText(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  const words: string[] = []
  let piece = ''
  for (const character of text) {
    if (Buffer.byteLength(piece + character) > 40) {
      words.push(piece)
      piece = ''
    }
    piece += character
  }
  words.push(piece)
  return words.map(word => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ')
}

/** Encodes the display names in a list of `Name <address>`. */
const encodeNames = (list: string): string =>
  list.replace(/([^<>,]+)(?= <)/g, name => (name.startsWith(' ') ? ' ' : '') + encodeText(name.trim()))
