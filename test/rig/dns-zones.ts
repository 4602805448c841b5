/** How a zone is signed; `null` not at all. */
type ZoneSigning = Readonly<{
  algorithm: 'rsasha256' | 'ecdsap256sha256' | 'ecdsap384sha384' | 'ed25519'
  denial: 'nsec' | 'nsec3' | 'opt-out'
  /** Signatures hold this long from the start of the tree. */
  lifetime: '1h' | '14d'
}>

/** A zone of the tree. */
export type TestZone = Readonly<{
  /** Absolute, with the final dot. */
  name: string
  signing: ZoneSigning | null
  /** What the parent says: the true DS, a wrong one, or none. */
  delegation: 'signed' | 'wrong' | 'unsigned'
  /** Lines of a zone file below SOA and NS. */
  records: readonly string[]
}>

/** SHA-256 over "the server's key" in words: what it matches is of no importance to a level. */
const someDigest = 'a'.repeat(64)
const tlsa = (host: string, data = `3 1 1 ${someDigest}`) => `_25._tcp.${host} TLSA ${data}`
const mail = ['@ MX 10 mail', 'mail A 127.0.0.1']

const signed = (
  algorithm: ZoneSigning['algorithm'] = 'ecdsap256sha256',
  denial: ZoneSigning['denial'] = 'nsec',
  lifetime: ZoneSigning['lifetime'] = '14d',
): ZoneSigning => ({ algorithm, denial, lifetime })

const zone = (
  name: string,
  records: readonly string[],
  signing: ZoneSigning | null = signed(),
  delegation: TestZone['delegation'] = signing ? 'signed' : 'unsigned',
): TestZone => ({ name, signing, delegation, records })

/** Where a provider's servers are (RFC 6186); the clear services are said not to be offered. */
const services = [
  '_imaps._tcp SRV 10 1 993 second',
  '_imaps._tcp SRV 0 1 9993 mail',
  '_submissions._tcp SRV 0 1 465 mail',
  '_imap._tcp SRV 0 0 0 .',
]

/** Every case that a recipient's domain can be, one domain each. */
export const testZones: readonly TestZone[] = [
  zone('.', []),
  zone('test.', [], signed('ecdsap256sha256', 'nsec3')),
  zone(
    'good.test.',
    [
      ...mail,
      tlsa('mail'),
      'alias CNAME mail',
      '*.wild TXT "from a wildcard"',
      'closer.wild TXT "not from a wildcard"',
      'a.deep.down A 127.0.0.1',
      '@ TXT "hello" " world"',
    ],
    signed('rsasha256', 'nsec'),
  ),
  zone(
    'nsec3.test.',
    [...mail, tlsa('mail'), '*.wild TXT "from a wildcard"', 'a.deep.down A 127.0.0.1'],
    signed('ecdsap384sha384', 'nsec3'),
  ),
  zone('ed.test.', [...mail, tlsa('mail')], signed('ed25519', 'nsec3')),
  zone('cname.test.', ['@ MX 10 mx', 'mx CNAME mail.good.test.']),
  zone('dname.test.', ['old DNAME good.test.']),
  zone('missing.test.', mail),
  zone('partial.test.', ['@ MX 10 one', '@ MX 20 two', 'one A 127.0.0.1', 'two A 127.0.0.1', tlsa('one')]),
  zone('anchor.test.', [...mail, tlsa('mail', `2 0 1 ${someDigest}`)]),
  zone('unusable.test.', [...mail, tlsa('mail', `1 0 1 ${someDigest}`), tlsa('mail', '3 1 1 abcd')]),
  zone('implicit.test.', ['@ A 127.0.0.1', tlsa('@').replace('.@ ', ' ')]),
  zone('nullmx.test.', ['@ MX 0 .']),
  zone('expired.test.', [...mail, tlsa('mail')], signed('ecdsap256sha256', 'nsec', '1h')),
  zone('bogus.test.', [...mail, tlsa('mail')], signed(), 'wrong'),
  zone('stripped.test.', [...mail, tlsa('mail')], null, 'wrong'),
  zone('insecure.test.', [...mail, tlsa('mail')], null),
  zone('opt-out.test.', [...mail], signed('ecdsap256sha256', 'opt-out')),
  zone('child.opt-out.test.', [...mail, tlsa('mail')], null),
  zone('elsewhere.test.', ['@ MX 10 mail.insecure.test.']),
  zone('services.test.', services),
  zone('services-bogus.test.', services, signed(), 'wrong'),
  zone('sts.test.', [...mail, '_mta-sts TXT "v=STSv1; id=20260101T000000;"'], null),
  zone(
    'sts-signed.test.',
    [...mail, '_mta-sts TXT "v=STSv1; id=1;"', '_imaps._tcp SRV 0 1 993 mail', tlsa('mail')],
    signed('ecdsap256sha256', 'nsec3'),
  ),
  zone('sts-testing.test.', [...mail, '_mta-sts TXT "v=STSv1; id=1;"'], null),
  zone('sts-mismatch.test.', [...mail, '_mta-sts TXT "v=STSv1; id=1;"'], null),
  zone('sts-broken.test.', [...mail, '_mta-sts TXT "v=STSv1; id=1;"'], null),
]

/** The text of a zone file. `delegations`: lines for the zones right below. */
export function zoneFile(zone: TestZone, delegations: readonly string[], serial: number): string {
  const at = zone.name === '.' ? '' : zone.name
  return [
    `$ORIGIN ${zone.name}`,
    '$TTL 60',
    `@ SOA ns.${at} admin.${at} ${serial} 60 60 3600 30`,
    `@ NS ns.${at}`,
    `ns.${at} A 127.0.0.1`,
    ...zone.records,
    ...delegations,
    '',
  ].join('\n')
}
