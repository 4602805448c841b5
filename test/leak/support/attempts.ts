/** One way for Chromium to reach somebody by itself. */
export type Attempt = Readonly<{
  /** As in "nothing is sent for …". */
  name: string
  /** Whether Chromium is known to try it where nothing stops it: then the box must hear it from a session without walls. */
  isHeardWithoutWalls: boolean
  /** JavaScript for a page without any policy; there are `places` (origins), `hosts` (with ports) and `wait(ms)`. */
  inPage?: string
  /** JavaScript for main, with `session`, `contents`, `places` and `wait(ms)`. */
  inMain?: string
}>

const element = (tag: string, properties: string) =>
  `for (const place of places) document.body.append(Object.assign(document.createElement('${tag}'), ${properties}))`
const link = (rel: string, more = '') =>
  `for (const place of places) document.head.append(Object.assign(document.createElement('link'), { rel: '${rel}', href: place + '/x'${more} }))`

export const attempts: readonly Attempt[] = [
  {
    name: 'a request of a page',
    isHeardWithoutWalls: true,
    inPage: 'for (const place of places) fetch(place, { mode: "no-cors" }).catch(() => {})',
  },
  { name: 'an image', isHeardWithoutWalls: true, inPage: element('img', "{ src: place + '/1.png' }") },
  { name: 'a style sheet', isHeardWithoutWalls: true, inPage: link('stylesheet') },
  {
    name: 'a font',
    isHeardWithoutWalls: true,
    inPage:
      'for (const place of places) new FontFace("x", "url(" + place + "/1.woff)").load().catch(() => {})',
  },
  { name: 'a frame', isHeardWithoutWalls: false, inPage: element('iframe', '{ src: place }') },
  {
    name: 'a sound',
    isHeardWithoutWalls: true,
    inPage: element('audio', "{ src: place + '/1.mp3', preload: 'auto' }"),
  },
  { name: 'a prefetch', isHeardWithoutWalls: true, inPage: link('prefetch') },
  { name: 'a preload', isHeardWithoutWalls: true, inPage: link('preload', ", as: 'image'") },
  { name: 'a preconnect', isHeardWithoutWalls: false, inPage: link('preconnect') },
  { name: 'a DNS prefetch', isHeardWithoutWalls: false, inPage: link('dns-prefetch') },
  {
    name: 'speculation rules',
    isHeardWithoutWalls: true,
    inPage: `document.head.append(Object.assign(document.createElement('script'), { type: 'speculationrules',
      textContent: JSON.stringify({ prefetch: [{ urls: places, eagerness: 'immediate' }], prerender: [{ urls: places, eagerness: 'immediate' }] }) }))`,
  },
  { name: 'a site icon', isHeardWithoutWalls: false, inPage: link('icon') },
  { name: 'a manifest', isHeardWithoutWalls: false, inPage: link('manifest') },
  {
    name: 'a ping of a link (hyperlink auditing)',
    isHeardWithoutWalls: true,
    inPage: `for (const place of places) { const a = Object.assign(document.createElement('a'), { href: '#here', ping: place + '/ping', textContent: 'x' }); document.body.append(a); a.click() }`,
  },
  {
    name: 'a beacon',
    isHeardWithoutWalls: true,
    inPage: 'for (const place of places) navigator.sendBeacon(place + "/b", "x")',
  },
  {
    name: 'a request that outlives its page',
    isHeardWithoutWalls: true,
    inPage:
      'for (const place of places) fetch(place, { method: "POST", mode: "no-cors", keepalive: true }).catch(() => {})',
  },
  {
    name: 'a web socket',
    isHeardWithoutWalls: true,
    inPage: 'for (const place of places) try { new WebSocket(place.replace("http", "ws")) } catch {}',
  },
  {
    name: 'an event source',
    isHeardWithoutWalls: true,
    inPage: 'for (const place of places) new EventSource(place)',
  },
  {
    name: 'web transport',
    isHeardWithoutWalls: true,
    inPage:
      'for (const place of places) try { new WebTransport(place.replace("http:", "https:")).ready.catch(() => {}) } catch {}',
  },
  {
    name: 'a service worker',
    isHeardWithoutWalls: false,
    inPage: `for (const place of ['/worker.js', ...places]) navigator.serviceWorker?.register(place).catch(() => {})`,
  },
  {
    name: 'WebRTC (STUN and TURN)',
    isHeardWithoutWalls: true,
    inPage: `const peer = new RTCPeerConnection({ iceServers: hosts.flatMap(host => [{ urls: 'stun:' + host },
      { urls: ['turn:' + host + '?transport=tcp', 'turn:' + host + '?transport=udp'], username: 'x', credential: 'x' }]) })
      peer.createDataChannel('x'); await peer.setLocalDescription(await peer.createOffer()); await wait(1500)`,
  },
  {
    name: 'geolocation',
    isHeardWithoutWalls: false,
    inPage: 'navigator.geolocation.getCurrentPosition(() => {}, () => {})',
  },
  {
    name: 'a media licence module',
    isHeardWithoutWalls: false,
    inPage: `await navigator.requestMediaKeySystemAccess('com.widevine.alpha', [{ videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.42E01E"' }] }]).catch(() => {})`,
  },
  {
    name: 'spoken words',
    isHeardWithoutWalls: false,
    inPage: 'try { new webkitSpeechRecognition().start() } catch {}',
  },
  {
    name: 'a translation or another model of the browser',
    isHeardWithoutWalls: false,
    inPage: `await globalThis.Translator?.create({ sourceLanguage: 'de', targetLanguage: 'en' }).catch(() => {})`,
  },
  {
    name: 'spell-check dictionaries',
    isHeardWithoutWalls: false,
    inMain: `session.setSpellCheckerEnabled(true); session.setSpellCheckerLanguages(['de', 'fr']);
      for (const place of places) session.setSpellCheckerDictionaryDownloadURL(place + '/');
      session.setSpellCheckerLanguages(['es', 'it']);
      await contents.executeJavaScript("document.body.append(Object.assign(document.createElement('textarea'), { value: 'wrng wrods' })); document.querySelector('textarea').focus()");
      contents.insertText('mor wrng wrods '); await wait(1000)`,
  },
  {
    name: 'safe browsing of an address that is opened',
    isHeardWithoutWalls: false,
    inMain: `for (const place of [...places, 'https://testsafebrowsing.appspot.com/s/malware.html']) await contents.loadURL(place).catch(() => {})`,
  },
  {
    name: 'a download',
    isHeardWithoutWalls: true,
    inMain: `for (const place of places) session.downloadURL(place + '/setup.exe')`,
  },
  {
    name: 'a connection opened ahead by main',
    isHeardWithoutWalls: true,
    inMain: 'for (const url of places) session.preconnect({ url, numSockets: 2 })',
  },
  {
    name: "a request through main's own net module",
    isHeardWithoutWalls: true,
    inMain:
      'for (const place of places) await Promise.race([session.fetch(place).catch(() => {}), wait(500)])',
  },
  {
    name: 'a look-up of a name',
    isHeardWithoutWalls: false,
    inMain: `for (const name of ['leak.example', 'wpad', 'detectportal.firefox.com']) await Promise.race([session.resolveHost(name).catch(() => {}), wait(500)])`,
  },
  {
    name: 'a page that crashed',
    isHeardWithoutWalls: false,
    inMain: `contents.forcefullyCrashRenderer(); await wait(500)`,
  },
]

/** Whose packets are whose: each attempt has a loopback port and an address of its own to go to. */
export const targetsOf = (at: number): Readonly<{ port: number; address: string; name: string }> => ({
  port: 20_000 + at,
  address: `192.0.2.${100 + at}`,
  name: `leak-${at}.example`,
})
