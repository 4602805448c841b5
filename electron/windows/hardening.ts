import type { App, Session, WebContents, WebPreferences } from 'electron'
import { protocolOf } from './mail-frame/link-target'
import type { MeetingGuard } from './meetings/walls'

/** The one table of web preferences. Every window of the program takes it whole. */
export const hardenedPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  plugins: false,
  experimentalFeatures: false,
  enableWebSQL: false,
  webgl: false,
  spellcheck: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  disableDialogs: true,
  autoplayPolicy: 'document-user-activation-required',
  v8CacheOptions: 'none',
  // Doors to devices, other programs, other windows and background work that a mail program never opens.
  disableBlinkFeatures: [
    'BackgroundFetch',
    'ContactsManager',
    'FileSystemAccess',
    'FileSystemAccessLocal',
    'InstalledApp',
    'PaymentApp',
    'Presentation',
    'RemotePlayback',
    'ScriptedSpeechRecognition',
    'ScriptedSpeechSynthesis',
    'Serial',
    'SharedWorker',
    'WebAuth',
    'WebBluetooth',
    'WebHID',
    'WebNFC',
    'WebShare',
    'WebUSB',
  ].join(','),
} as const satisfies WebPreferences

/** Where every session sends what nobody stopped: a port nothing listens on, loopback included. */
const deadProxy = {
  mode: 'fixed_servers',
  proxyRules: 'socks5://127.0.0.1:9',
  proxyBypassRules: '<-loopback>',
} as const

export type HardeningParts = Readonly<{
  /** Schemes with a colon that may be requested at all, e.g. `app:`. */
  allowedSchemes: readonly string[]
  /** Whether a window may show this address. */
  isPageUrl: (url: string) => boolean
  /** Scheme of mail bodies, the only frames. */
  bodyScheme: string
  /** A click in a body or in the page that wants to leave: ask the user, outside the page. */
  onLink: (url: string) => void
  /** The walls of a meeting's window, by its session; null for every other. */
  meetingOf: (session: Session) => MeetingGuard | null
}>

/** No network, no permission, no device, no download for a session, whoever made it. */
const hardenSession = async (
  session: Session,
  { allowedSchemes, bodyScheme, isPageUrl, onLink }: HardeningParts,
): Promise<void> => {
  session.webRequest.onBeforeRequest((details, answer) => {
    const isAllowed = allowedSchemes.includes(protocolOf(details.url))
    answer({ cancel: !isAllowed })
    // A click with Alt asks to save what the link leads to. It is a click like any other; whatever else a mail or the page could
    // want to fetch is of another type, and stopped by its own policy before it comes here.
    const from = details.frame?.url ?? ''
    const isSaved = details.resourceType === 'other' && /^https?:/i.test(details.url)
    if (isSaved && (protocolOf(from) === bodyScheme || isPageUrl(from))) onLink(details.url)
  })
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler(null)
  session.setBluetoothPairingHandler(null)
  session.setSpellCheckerEnabled(false)
  session.setSpellCheckerLanguages([])
  session.on('will-download', event => event.preventDefault())
  for (const chooser of ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const)
    session.on(chooser as 'select-hid-device', event => event.preventDefault())
  await session.setProxy(deadProxy)
}

/**
 * Nothing leaves its page: no navigation, no window, no webview. A frame may take the address of a body when the
 * page gives it one; from then on whatever it wants to open is a link and a question to the user.
 */
const hardenContents = (contents: WebContents, parts: HardeningParts): void => {
  const { isPageUrl, bodyScheme, onLink } = parts
  const meeting = parts.meetingOf(contents.session)
  // The switch of that name does nothing in Electron: without this a page with scripts sends STUN and mDNS past the proxy.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('will-frame-navigate', event => {
    if (meeting) {
      // Nothing there asks the person about links: its pages could go on for ever.
      if (!meeting.isPage(event.url, event.isMainFrame)) event.preventDefault()
      return
    }
    const isBodyOfThePage =
      !event.isMainFrame && protocolOf(event.url) === bodyScheme && event.frame?.parent === contents.mainFrame
    const comesFromBody = event.initiator && protocolOf(event.initiator.url) === bodyScheme
    if (isBodyOfThePage && !comesFromBody) return
    event.preventDefault()
    if (!event.isMainFrame || !isPageUrl(event.url)) onLink(event.url)
  })
  contents.on('will-redirect', event => {
    if (!meeting?.isPage(event.url, event.isMainFrame)) event.preventDefault()
  })
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (!meeting) onLink(url)
    return { action: 'deny' }
  })
  contents.on('login', (event, _details, { isProxy, port }, answer) => {
    event.preventDefault()
    if (meeting && isProxy && port === meeting.proxy.port) answer(meeting.proxy.user, meeting.proxy.password)
  })
  contents.on('select-client-certificate', event => event.preventDefault())
  contents.on('select-bluetooth-device', event => event.preventDefault())
}

/** Hardens every session and every page from the moment it exists. To be called before the app is ready. */
export const hardenApp = (app: App, parts: HardeningParts): void => {
  app.on('session-created', session => {
    void hardenSession(session, parts)
  })
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, parts))
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault()
    answer(false)
  })
}
