import type { App } from 'electron'

/**
 * Chromium's own ways of phoning home, each by its switch. The dead proxy and the request filter stop what
 * gets this far; these keep it from being tried. `test/leak` listens whether it worked.
 */
const switches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-background-networking'],
  ['disable-breakpad'],
  ['disable-client-side-phishing-detection'],
  ['disable-component-extensions-with-background-pages'],
  ['disable-component-update'],
  ['disable-default-apps'],
  ['disable-domain-reliability'],
  ['disable-field-trial-config'],
  ['disable-quic'],
  ['disable-sync'],
  ['disable-search-engine-choice-screen'],
  ['dns-prefetch-disable'],
  // That one is not heeded here. A link that is looked up ahead gets no answer, and yet Chromium first connects a datagram
  // socket to a public resolver to learn whether there is IPv6: nothing is sent, but the system is asked for a way out.
  ['blink-settings', 'dnsPrefetchingEnabled=false'],
  ['metrics-recording-only'],
  ['no-default-browser-check'],
  ['no-first-run'],
  ['no-pings'],
  ['safebrowsing-disable-auto-update'],
  ['variations-server-url', ''],
  ['variations-insecure-server-url', ''],
  // Should all else fail, no name is ever looked up and no connection goes anywhere but to a port nobody serves.
  ['host-resolver-rules', 'MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  ['proxy-server', 'socks5://127.0.0.1:9'],
  ['proxy-bypass-list', '<-loopback>'],
]

/** Features that would look something up, report something or load ahead. */
const disabledFeatures: readonly string[] = [
  'AsyncDns',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'DnsOverHttps',
  'GlobalMediaControls',
  'HardwareMediaKeyHandling',
  'InterestFeedContentSuggestions',
  'LoadingPredictorUseOptimizationGuide',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'NoStatePrefetch',
  'OptimizationHints',
  'Prerender2',
  'Reporting',
  'SafeBrowsing',
  'SpeculationRules',
  'Translate',
  'TranslateUI',
  // Its responder joins a multicast group, which the network around this machine hears (IGMP).
  'WebRtcHideLocalIpsWithMdns',
  'WebRtcRemoteEventLog',
]

/** To be called before the app is ready. Keeps features that the command line already switched off. */
export const applySwitches = (app: App): void => {
  for (const [name, value] of switches) app.commandLine.appendSwitch(name, value)
  const given = app.commandLine.getSwitchValue('disable-features').split(',').filter(Boolean)
  app.commandLine.appendSwitch('disable-features', [...new Set([...given, ...disabledFeatures])].join(','))
}
