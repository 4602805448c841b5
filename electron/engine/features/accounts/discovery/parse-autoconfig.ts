import { SaxesParser } from 'saxes'
import { SiegelError } from '../../../../../shared/kit/result'
import { limits } from '../../../ports/limits'
import type { ServerTemplate } from './known-providers'

/** Servers read from one document; more is no configuration any more. */
const MAXIMUM_SERVERS = 20
const MAXIMUM_DEPTH = 10
const MAXIMUM_TEXT = 500

/**
 * Reads a provider's autoconfig document (clientConfig 1.1). Takes IMAP and SMTP behind TLS or STARTTLS with a password
 * login, in the document's order, and nothing else. Throws `message-malformed` for anything that is not well-formed
 * XML, has a document type (no entities, no external parts), or is too large.
 */
export function parseAutoconfig(document: Uint8Array): {
  providerName: string | null
  servers: readonly ServerTemplate[]
} {
  const malformed = (detail: string) =>
    new SiegelError('message-malformed', { detail: `autoconfig: ${detail}`.slice(0, 200) })
  if (document.length > limits.autoconfigBytes) throw malformed('too large')
  const servers: ServerTemplate[] = []
  let providerName: string | null = null
  const path: string[] = []
  let text = ''
  let current: { type: string; fields: Map<string, string>; methods: string[] } | null = null

  const parser = new SaxesParser({ xmlns: false, fragment: false })
  parser.on('error', error => {
    throw malformed(error.message)
  })
  parser.on('doctype', () => {
    throw malformed('document type')
  })
  parser.on('opentag', tag => {
    path.push(tag.name)
    text = ''
    if (path.length > MAXIMUM_DEPTH) throw malformed('too deep')
    if (tag.name === 'incomingServer' || tag.name === 'outgoingServer')
      current = { type: String(tag.attributes['type'] ?? ''), fields: new Map(), methods: [] }
  })
  const onText = (piece: string) => {
    if (text.length < MAXIMUM_TEXT) text += piece.slice(0, MAXIMUM_TEXT)
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', tag => {
    path.pop()
    const value = text.trim()
    text = ''
    const parent = path.at(-1)
    if (current && (parent === 'incomingServer' || parent === 'outgoingServer')) {
      if (tag.name === 'authentication') current.methods.push(value)
      else if (!current.fields.has(tag.name)) current.fields.set(tag.name, value)
    } else if (current && (tag.name === 'incomingServer' || tag.name === 'outgoingServer')) {
      const server = serverOf(current)
      if (server && servers.length < MAXIMUM_SERVERS) servers.push(server)
      current = null
    } else if (tag.name === 'displayName' && parent === 'emailProvider')
      providerName ??= value.slice(0, 200) || null
  })
  parser.write(new TextDecoder().decode(document)).close()
  return { providerName, servers }
}

function serverOf(entry: {
  type: string
  fields: Map<string, string>
  methods: string[]
}): ServerTemplate | null {
  const { type, fields, methods } = entry
  if (type !== 'imap' && type !== 'smtp') return null
  const socket = fields.get('socketType')?.toUpperCase()
  const security = socket === 'SSL' || socket === 'TLS' ? 'tls' : socket === 'STARTTLS' ? 'starttls' : null
  const port = Number(fields.get('port'))
  const host = fields.get('hostname') ?? ''
  // Servers that take only OAuth2, Kerberos or certificates are of no use to a password.
  const withPassword =
    methods.length === 0 ||
    methods.some(method => /^(password-(cleartext|encrypted)|plain|secure)$/i.test(method))
  if (
    security === null ||
    host === '' ||
    !Number.isInteger(port) ||
    port < 1 ||
    port > 65_535 ||
    !withPassword
  )
    return null
  return { protocol: type, host, port, security, userName: fields.get('username') || '%EMAILADDRESS%' }
}
