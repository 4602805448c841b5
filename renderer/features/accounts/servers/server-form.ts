import {
  type ConnectionSecurity,
  type DiscoveredServer,
  emailAddress,
  hostName,
  type MailService,
  onionName,
  type ServerEndpoint,
} from '../../../../shared/features/accounts/model'

/** A server as it stands in fields, also while it is not valid yet. */
export type ServerForm = Readonly<{ host: string; port: string; security: ConnectionSecurity; onion: string }>

export type ServersForm = Readonly<{ userName: string; imap: ServerForm; smtp: ServerForm }>

export type Protocol = 'imap' | 'smtp'

/** RFC 8314 §7.3: the ports on which each way of beginning TLS is at home. */
const usualPort = (protocol: Protocol, security: ConnectionSecurity): number => {
  if (protocol === 'imap') return security === 'tls' ? 993 : 143
  return security === 'tls' ? 465 : 587
}

export const emptyServers = (address: string): ServersForm => ({
  userName: address,
  imap: { host: '', port: '993', security: 'tls', onion: '' },
  smtp: { host: '', port: '465', security: 'tls', onion: '' },
})

export const formOf = (endpoint: ServerEndpoint): ServerForm => ({
  host: endpoint.host,
  port: String(endpoint.port),
  security: endpoint.security,
  onion: endpoint.onion ?? '',
})

export const serversOf = (mail: MailService): ServersForm => ({
  userName: mail.userName,
  imap: formOf(mail.imap),
  smtp: formOf(mail.smtp),
})

/** A new way of beginning TLS brings its usual port, unless the port was chosen by hand. */
export function withSecurity(form: ServerForm, protocol: Protocol, security: ConnectionSecurity): ServerForm {
  const wasUsual = form.port === '' || form.port === String(usualPort(protocol, form.security))
  return { ...form, security, port: wasUsual ? String(usualPort(protocol, security)) : form.port }
}

export const isAddress = (text: string): boolean => emailAddress.safeParse(text.trim()).success
export const isHost = (text: string): boolean => hostName.safeParse(text.trim()).success
export const isPort = (text: string): boolean =>
  /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 65_535

/** Empty is fine: most servers have no onion service. */
export const isOnion = (text: string): boolean =>
  text.trim() === '' || onionName.safeParse(text.trim().toLowerCase()).success

function endpointOf(form: ServerForm): ServerEndpoint | null {
  if (!isHost(form.host) || !isPort(form.port) || !isOnion(form.onion)) return null
  const endpoint = { host: form.host.trim(), port: Number(form.port), security: form.security }
  const onion = form.onion.trim().toLowerCase()
  return onion === '' ? endpoint : { ...endpoint, onion }
}

/** The mail service that the fields describe, or null while something is missing or not valid. */
export function mailOf(servers: ServersForm, caPem: string | null): MailService | null {
  const imap = endpointOf(servers.imap)
  const smtp = endpointOf(servers.smtp)
  const userName = servers.userName.trim()
  if (imap === null || smtp === null || userName === '') return null
  return { userName, imap, smtp, caPem }
}

export const endpointText = ({ host, port }: ServerEndpoint): string => `${host}:${port}`

/** One found server among several. */
export const serverKey = ({ endpoint, userName }: DiscoveredServer): string =>
  `${endpoint.security} ${endpointText(endpoint)} ${userName}`
