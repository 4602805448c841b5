import type { DnsServerPlace } from '../../shared/features/network/dns-servers'
import type { AddressTransport } from '../../shared/features/network/transport'
import type { FakeWorld } from './fake-world'
import type { Handlers } from './handlers'

/** Domains of the demo whose names say which level they have; every other one is not known. */
const levels = [
  { part: 'dane', level: 'dane', reason: 'dane-published' },
  { part: 'mailbox', level: 'dane', reason: 'dane-published' },
  { part: 'sts', level: 'enforced', reason: 'sts-enforce' },
  { part: 'bogus', level: 'none', reason: 'dnssec-bogus' },
] as const

/** Levels of recipients without a network. A domain with `dropped` in it was better before. */
export function transportHandlers(
  world: FakeWorld,
): Handlers<
  | 'transport.levels'
  | 'transport.sending'
  | 'transport.servers'
  | 'transport.acceptLower'
  | 'transport.chooseServers'
> {
  let servers: readonly DnsServerPlace[] = []
  return {
    'transport.levels': ({ addresses }) =>
      addresses.map((address): AddressTransport => {
        const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
        const known = levels.find(({ part }) => domain.includes(part))
        const isOn = world.settings.lookups
        const dropped = isOn && domain.includes('dropped')
        return {
          address,
          domain,
          level: isOn ? (known?.level ?? 'unknown') : 'unknown',
          dropped,
          previous: dropped ? 'dane' : null,
          reasons: [isOn ? (known?.reason ?? 'opportunistic') : 'lookups-off'],
          evidence: isOn
            ? [
                {
                  step: 'mx',
                  subject: domain,
                  dnssec: known ? 'secure' : 'insecure',
                  finding: `10 mail.${domain}`,
                },
              ]
            : [],
          checkedAtMs: Date.now(),
          expiresAtMs: Date.now() + 3_600_000,
        }
      }),
    'transport.acceptLower': () => ({ accepted: false }),
    'transport.sending': () => ({ requireTls: 'unknown' }),
    'transport.servers': () => [...servers],
    'transport.chooseServers': change => {
      servers = change.servers
      world.changed('settings', null)
      return { changed: true }
    },
  }
}
