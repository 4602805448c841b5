import { createHmac, timingSafeEqual } from 'node:crypto'
import { SiegelError } from '../../../../shared/kit/result'
import type { ChannelBindingType } from '../../ports/net/gate'
import type { BindingOf } from './mechanisms'

/** A token that signs in without the password for a while (XEP-0484). It is bound to what this connection has, always. */
export type FastToken = Readonly<{ mechanism: string; token: string; expiresAtMs: number; count: number }>

/** HT mechanisms (draft-schmaus-kitten-sasl-ht) with a binding, strongest first; those without one are never taken. */
const mechanisms: readonly (readonly [string, ChannelBindingType])[] = [
  ['HT-SHA-256-EXPR', 'tls-exporter'],
  ['HT-SHA-256-UNIQ', 'tls-unique'],
  ['HT-SHA-256-ENDP', 'tls-server-end-point'],
]

/** What a token should be for; null where the server offers nothing that is bound to this connection as strongly as the login (`atLeast`). */
export function fastMechanismFor(
  offered: readonly string[],
  binding: BindingOf,
  atLeast: ChannelBindingType | null,
): string | null {
  for (const [name, type] of mechanisms) {
    if (offered.includes(name) && binding(type) !== null) return name
    if (type === atLeast) return null
  }
  return null
}

/** The first message of a login by token, and what the server must answer; null where this connection has not what the token is bound to. */
export function fastLogin(
  token: FastToken,
  userName: string,
  binding: BindingOf,
): Readonly<{ message: Uint8Array; expected: Uint8Array }> | null {
  const type = mechanisms.find(([name]) => name === token.mechanism)?.[1]
  const data = type === undefined ? null : binding(type)
  if (data === null) return null
  const mac = (role: string) => createHmac('sha256', token.token).update(role, 'utf8').update(data).digest()
  return {
    message: Buffer.concat([Buffer.from(`${userName}\0`, 'utf8'), mac('Initiator')]),
    expected: mac('Responder'),
  }
}

/** Whether the server knows the token too. Throws `login-downgraded`. */
export function checkFastAnswer(answer: Uint8Array | null, expected: Uint8Array): void {
  if (answer === null || answer.length !== expected.length || !timingSafeEqual(answer, expected))
    throw new SiegelError('login-downgraded', { reason: 'signature' })
}
