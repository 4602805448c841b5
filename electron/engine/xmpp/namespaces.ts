/** Names of XML as they stand in RFC 6120 and the XEPs. */
export const ns = {
  streams: 'http://etherx.jabber.org/streams',
  client: 'jabber:client',
  streamErrors: 'urn:ietf:params:xml:ns:xmpp-streams',
  stanzaErrors: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  tls: 'urn:ietf:params:xml:ns:xmpp-tls',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  session: 'urn:ietf:params:xml:ns:xmpp-session',
  /** XEP-0388. */
  sasl2: 'urn:xmpp:sasl:2',
  /** XEP-0386. */
  bind2: 'urn:xmpp:bind:0',
  /** XEP-0484. */
  fast: 'urn:xmpp:fast:0',
  /** XEP-0440. */
  bindingTypes: 'urn:xmpp:sasl-cb:0',
  /** XEP-0198. */
  management: 'urn:xmpp:sm:3',
  /** XEP-0280. */
  carbons: 'urn:xmpp:carbons:2',
  /** XEP-0352. */
  activity: 'urn:xmpp:csi:0',
  /** XEP-0313. */
  archive: 'urn:xmpp:mam:2',
  /** XEP-0478. */
  streamLimits: 'urn:xmpp:stream-limits:0',
  /** XEP-0199. */
  ping: 'urn:xmpp:ping',
  /** XEP-0030. */
  discoInfo: 'http://jabber.org/protocol/disco#info',
  discoItems: 'http://jabber.org/protocol/disco#items',
} as const
