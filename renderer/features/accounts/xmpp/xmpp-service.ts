import {
  type ConnectionSecurity,
  type XmppService,
  xmppService,
} from '../../../../shared/features/accounts/model'
import { bareJid } from '../../../../shared/kit/jid'

/** What stands in the fields of a chat. `host` counts where `isByHand`. */
export type XmppFormFields = Readonly<{
  address: string
  isByHand: boolean
  host: string
  port: string
  security: ConnectionSecurity
  caPem: string
  allowsPlain: boolean
}>

/** The usual port of each kind of connection (RFC 6120 §14.7, XEP-0368). */
export const usualPort: Readonly<Record<ConnectionSecurity, string>> = { tls: '5223', starttls: '5222' }

export const fieldsOf = (xmpp: XmppService | null, address: string): XmppFormFields => ({
  address: xmpp?.userName ?? address,
  isByHand: xmpp?.server !== undefined,
  host: xmpp?.server?.host ?? '',
  security: xmpp?.server?.security ?? 'tls',
  port: String(xmpp?.server?.port ?? usualPort.tls),
  caPem: xmpp?.caPem ?? '',
  allowsPlain: xmpp?.allowsPlain === true,
})

/** A Jabber address without a resource, in one spelling; null for anything else. */
export const addressIn = (text: string): string | null =>
  text.includes('@') && !text.includes('/') ? bareJid(text.trim()) : null

/** The service that the fields describe; null while something is missing or not valid. */
export function xmppServiceIn(fields: XmppFormFields): XmppService | null {
  const { isByHand, host, port, security, caPem, allowsPlain } = fields
  const parsed = xmppService.safeParse({
    userName: addressIn(fields.address),
    caPem: caPem.trim() === '' ? null : caPem,
    ...(isByHand ? { server: { host: host.trim(), port: Number(port), security } } : {}),
    ...(allowsPlain ? { allowsPlain: true } : {}),
  })
  return parsed.success ? parsed.data : null
}
