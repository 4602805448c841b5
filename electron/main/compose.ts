import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  app,
  type BrowserWindow,
  dialog,
  MessageChannelMain,
  type MessagePortMain,
  Notification,
  nativeTheme,
  powerMonitor,
  type Session,
} from 'electron'
import type { EventPayload } from '../../shared/ipc/contract'
import type { DoorKind } from '../../shared/ipc/secrets'
import type { AppStatus, Preferences } from '../../shared/kit/status'
import { createAnswer } from '../ipc/answer-call'
import { EngineLink } from '../ipc/engine-link'
import { createEmit } from '../ipc/events'
import { appHandlers } from '../ipc/handlers/app'
import { backupHandlers } from '../ipc/handlers/backup'
import { bodyHandlers } from '../ipc/handlers/body'
import { dialogHandlers } from '../ipc/handlers/dialogs'
import { keyHandlers } from '../ipc/handlers/keys'
import { meetingHandlers } from '../ipc/handlers/meetings'
import { networkHandlers } from '../ipc/handlers/network'
import { pageHandlers } from '../ipc/handlers/page'
import { preferenceHandlers } from '../ipc/handlers/preferences'
import { transportHandlers } from '../ipc/handlers/transport'
import { createRestartPolicy } from '../ipc/restart-policy'
import { startRouter } from '../ipc/router'
import { forkEngine } from '../ipc/utility-engine'
import { createWaitingForPage } from '../ipc/waiting-for-page'
import { nodeFileCalls } from '../keychain/atomic-file'
import { readBackupKey } from '../keychain/backup/backup-file'
import { OsKeychain } from '../keychain/os-keychain'
import { createLog, createLogRing, stderrSink } from '../log/log'
import { createAppProtocol } from '../protocols/app-protocol'
import { createAttachmentProtocol } from '../protocols/attachment-protocol'
import { GivenContent } from '../protocols/given-content'
import { createMailBodyProtocol } from '../protocols/mail-body-protocol'
import { bodyAddress, parseBodyAddress } from '../protocols/message-address'
import { nextPageOrigin, type PageOrigin, pageOrigins, pageUrlAt, schemes } from '../protocols/schemes'
import { importThunderbirdProfile } from '../thunderbird/import-profile'
import { thunderbirdProfilesFolder } from '../thunderbird/profiles-folder'
import { openAppWindow, raise } from '../windows/app-window'
import { createChatNotices } from '../windows/chat-notices'
import { createDialogs } from '../windows/dialogs/dialogs'
import { shownLink } from '../windows/dialogs/link-dialog'
import { meetingWordsFor, pageWordsFor, wordsFor } from '../windows/dialogs/words'
import { createIdleLock, idleCheckMs } from '../windows/idle-lock'
import { createBodyFrames } from '../windows/mail-frame/body-frame'
import { followShownLink } from '../windows/mail-frame/follow-shown-link'
import { framesShown, wordsOfLink } from '../windows/mail-frame/link-words'
import { createMeetings } from '../windows/meetings/meetings'
import { setMenu } from '../windows/menu'
import { openTextMenus } from '../windows/open-text-menu'
import { openPreferences } from '../windows/preferences'
import { createReminders, type DesktopNotice } from '../windows/reminders'
import { keepZoom, type ZoomMove, zoomAfter } from '../windows/zoom'
import { ProfileSession } from './profile-session'
import { VaultProcesses } from './vault-process'

/** The folder of the built program; every process and the page lie in or beside it. */
const buildFolder = import.meta.dirname

/** What the page gets to save a draft before the menu's lock closes everything. */
const pagePatienceMs = 1500

const isDebug = process.env.SIEGEL_DEBUG === '1'

const ring = createLogRing()
/** Main's log: in memory, and on standard error for developers who ask for it. */
export const log = createLog('main', isDebug ? [ring.sink, stderrSink] : [ring.sink])

/** Whether this is the Electron that releases are made of, or a stand-in for development and tests. */
const isOfficialRuntime = (): boolean => {
  if (app.isPackaged) return true
  const manifest = JSON.parse(readFileSync(join(buildFolder, '..', '..', 'package.json'), 'utf8'))
  return manifest.devDependencies?.electron === process.versions.electron
}

/** Facts of this run that the page shows. */
const facts: Pick<AppStatus, 'version' | 'runtime' | 'platform'> = {
  version: app.getVersion(),
  runtime: {
    electron: process.versions.electron,
    chrome: process.versions.chrome,
    official: isOfficialRuntime(),
  },
  platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
}

const systemIdleSeconds = (): number | null =>
  // A Wayland compositor does not tell programs how long nobody has typed.
  process.env.XDG_SESSION_TYPE === 'wayland' ? null : powerMonitor.getSystemIdleTime()

/** What takes the window out of a person's sight, and what brings it back. */
const inAndOutOfSight = [
  ['minimize', false],
  ['hide', false],
  ['restore', true],
  ['show', true],
] as const

/**
 * Puts main together: preferences, profile, engine, router, protocols, menu and window. The only place that
 * constructs concrete classes. `session` is the window's own, kept in memory only.
 */
export const composeMain = (places: {
  profileDirectory: string
  dataDirectory: string
  session: Session
}) => {
  let window: BrowserWindow | null = null
  let pageOrigin: PageOrigin = pageOrigins[0]
  /** Whether the page has seen the open profile: then its process ends at the lock. */
  let pageKnowsMail = false
  let lockAfterMinutes = 0
  let lockOnLeaving = true
  let lockTimer: NodeJS.Timeout | undefined
  const developerTools = !app.isPackaged

  const emit = createEmit(() => window?.webContents ?? null)

  const preferences = openPreferences(places.dataDirectory, now => {
    applyPreferences(now)
    emit('prefs', now)
  })
  const words = () => wordsFor(preferences.get().language, app.getLocale())

  const waiting = createWaitingForPage(emit)
  const command = (name: EventPayload<'command'>['name'], argument: string | null = null): void =>
    waiting.command({ name, argument })

  /** Kept until they are gone: what nobody holds is taken away with its click. */
  const notified = new Set<Notification>()
  const notify = (notice: DesktopNotice): void => {
    if (!Notification.isSupported()) return
    const shown = new Notification(notice)
    notified.add(shown)
    shown.on('click', () => window && raise(window))
    shown.on('close', () => notified.delete(shown))
    shown.show()
  }
  const reminders = createReminders({ now: Date.now, words, notify })
  const chatNotices = createChatNotices({
    ...{ now: Date.now, words, notify },
    isWatched: () => window?.isFocused() === true,
  })

  const given = new GivenContent()
  const vaults = new VaultProcesses(join(buildFolder, 'vault.cjs'), process.env)
  const profile = new ProfileSession({
    directory: places.profileDirectory,
    custody: {
      keychain: new OsKeychain(),
      startVaultWorker: () => vaults.take(),
      files: nodeFileCalls,
    },
    startEngine: onCrash =>
      new EngineLink({
        fork: () => forkEngine(join(buildFolder, 'engine.cjs'), isDebug),
        checksOutput: !app.isPackaged,
        log,
        emit: (name, payload) => {
          if (name === 'notice') waiting.notice(payload as EventPayload<'notice'>)
          else if (name === 'alarm') reminders.news(payload as EventPayload<'alarm'>)
          else if (name === 'chatNews') chatNotices.news(payload as EventPayload<'chatNews'>)
          else emit(name, payload)
          if (name === 'changed' && (payload as EventPayload<'changed'>).entity === 'settings')
            readLockChoices()
        },
        confirm: question => dialogs.confirmForPage(question),
        onCrash,
      }),
    onProgress: (job, done, total) => emit('progress', { job, done, total }),
    onNotice: notice => waiting.notice(notice),
    restarts: createRestartPolicy(Date.now),
    sleep,
    facts,
    onStatus: status => {
      if (status.state === 'open') pageKnowsMail = true
      if (pageKnowsMail && status.state !== 'open' && status.state !== 'opening') replacePage(status)
      else emit('app', status)
      // A passphrase is given to the vault that waits.
      if (status.state === 'locked' || status.state === 'no-profile') vaults.prepare()
      showMenu(status.state === 'open')
      // The page has locked in time: whoever unlocks at once is not locked out again.
      if (status.state !== 'open') {
        clearTimeout(lockTimer)
        meetings.closeAll()
        waiting.profileClosed()
      } else readLockChoices()
    },
    log,
  })

  const loadPage = (into: BrowserWindow): void => {
    pageKnowsMail = profile.isOpen
    into
      .loadURL(pageUrlAt(pageOrigin))
      .catch((error: unknown) => log.error('the page did not load', { error }))
  }

  /**
   * The lock: the same window, another page in another process. What was shown goes at once; the next screen is the new
   * page's, so that nothing is typed into one that is on its way out.
   */
  const replacePage = (status: AppStatus): void => {
    emit('app', { ...status, state: 'opening' })
    pageOrigin = nextPageOrigin(pageOrigin)
    given.wipe()
    if (window) loadPage(window)
  }

  const readLockChoices = (): void => {
    void profile.callEngine('settings.get', {}).then(result => {
      if (!result.ok) return
      lockAfterMinutes = result.value.lockAfterIdleMinutes
      lockOnLeaving = result.value.lockOnLeaving
    })
  }

  const lock = (): void => {
    profile.lock().catch((error: unknown) => log.error('the lock failed', { error }))
  }
  /** The page saves what is being written and locks; a page that does not is locked all the same. */
  const lockSoon = (): void => {
    command('lock')
    clearTimeout(lockTimer)
    lockTimer = setTimeout(lock, pagePatienceMs)
  }
  const idle = createIdleLock({
    now: Date.now,
    systemIdleSeconds,
    lockAfterMinutes: () => lockAfterMinutes,
    lockOnLeaving: () => lockOnLeaving,
    lock: () => profile.isOpen && lockSoon(),
  })

  function showMenu(isOpen: boolean): void {
    setMenu({
      words: words(),
      isMac: process.platform === 'darwin',
      developerTools,
      isOpen,
      command,
      lock: lockSoon,
      zoom: moveZoom,
      about,
    })
  }

  function about(): void {
    const { version, runtime } = facts
    const options = {
      type: 'info' as const,
      title: words().about.replace('&', ''),
      message: `Siegel ${version}`,
      detail: `${words().aboutText}\n\nElectron ${runtime.electron}, Chromium ${runtime.chrome}`,
      buttons: [words().close],
    }
    void (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
  }

  function moveZoom(move: ZoomMove): void {
    preferences.set({ zoomPercent: zoomAfter(preferences.get().zoomPercent, move) })
  }

  function applyPreferences({ theme, zoomPercent }: Preferences): void {
    nativeTheme.themeSource = theme
    window?.webContents.setZoomFactor(zoomPercent / 100)
    showMenu(profile?.isOpen ?? false)
  }

  const callEngine = profile.callEngine.bind(profile)
  const dialogs = createDialogs({
    window: () => window,
    words,
    pageWords: () => pageWordsFor(preferences.get().language, app.getLocale()),
    onMailLink: url => command('mailto', url),
    wordsOf: url =>
      wordsOfLink(framesShown(window?.webContents ?? null).map(parseBodyAddress), url, callEngine),
  })

  const meetings = createMeetings({
    words,
    meetingWords: () => meetingWordsFor(preferences.get().language, app.getLocale()),
    ask: dialogs.ask,
    end: id => void callEngine('meetings.end', { id }),
  })

  const bodies = createBodyFrames({
    contents: () => window?.webContents ?? null,
    isDark: () => nativeTheme.shouldUseDarkColors,
    addressOf: bodyAddress,
    placeOf: parseBodyAddress,
    onPlace: place => emit('bodyPlace', place),
    onChange: place => emit('bodyChanged', place),
    onFailure: error => log.error('a body was not set', { error }),
  })

  const answer = createAnswer({
    handlers: {
      ...appHandlers({
        profile,
        confirmCustody: () => dialogs.confirmForPage({ kind: 'custody', reasons: [], lines: [] }),
        onActivity: idle.reportActivity,
      }),
      ...backupHandlers({ dialogs, profile, inspect: readBackupKey }),
      ...pageHandlers(waiting),
      ...bodyHandlers(bodies.fit),
      ...preferenceHandlers(preferences),
      ...dialogHandlers({
        dialogs,
        callEngine,
        readRaw: input => profile.readContent('messages.raw', input),
        printPage: async ({ isWide }) => {
          // Whoever asks is a page in it.
          if (!window) throw new Error('no window to print')
          return window.webContents.printToPDF({ landscape: isWide, pageSize: 'A4', printBackground: true })
        },
      }),
      ...meetingHandlers({ meetings, callEngine }),
      ...networkHandlers({ confirm: dialogs.confirmRoute, callEngine }),
      ...transportHandlers({
        confirm: dialogs.confirmLowerLevel,
        confirmServers: dialogs.confirmDnsServers,
        callEngine,
      }),
      ...keyHandlers({
        dialogs: {
          ...dialogs,
          openThunderbirdProfile: () =>
            dialogs.openThunderbirdProfile(
              thunderbirdProfilesFolder(process.platform, app.getPath('home'), process.env),
            ),
        },
        confirm: dialogs.confirmForPage,
        importThunderbird: importThunderbirdProfile,
        secretKeys: () => profile.vault(),
        callEngine,
      }),
    },
    checksOutput: !app.isPackaged,
    log,
  })

  const openDoor = (kind: DoorKind): MessagePortMain | null => {
    if (kind === 'secrets') return vaults.openSecretsDoor()
    if (!profile.hasEngine) return null
    const { port1, port2 } = new MessageChannelMain()
    profile.givePage(port2)
    return port1
  }

  return {
    /** What `hardenApp` needs to ask about links. */
    onLink: (url: string): void => {
      dialogs.openLink(url).catch((error: unknown) => log.error('a link could not be dealt with', { error }))
    },

    /** What `hardenApp` needs to let a meeting's window reach its own host. */
    meetingOf: meetings.guardOf,

    startRouter: () =>
      startRouter({
        answer,
        openDoor,
        isOurWindow: contents => contents === window?.webContents,
        isPageOrigin: origin => origin === pageOrigin,
        log,
      }),

    serveProtocols(): void {
      const { protocol, webRequest } = places.session
      webRequest.onCompleted(({ url }) => given.completed(url))
      webRequest.onErrorOccurred(({ url }) => given.completed(url))
      protocol.handle(schemes.app, createAppProtocol(join(buildFolder, '..', 'renderer')))
      protocol.handle(
        schemes.mailBody,
        createMailBodyProtocol(input => profile.readContent('messages.html', input), given),
      )
      protocol.handle(
        schemes.attachment,
        createAttachmentProtocol(
          input => profile.readContent('attachments.read', input),
          input => profile.readContent('remoteContent.read', input),
          input => profile.readContent('drafts.readAttachment', input),
          given,
        ),
      )
    },

    watchIdleness(): void {
      const timer = setInterval(() => {
        if (profile.isOpen && !meetings.isCapturing()) idle.check()
        else if (!profile.isOpen) reminders.checkLocked()
      }, idleCheckMs)
      timer.unref()
      powerMonitor.on('suspend', idle.machineLeft)
      powerMonitor.on('lock-screen', idle.machineLeft)
      powerMonitor.on('lock-screen', () => void callEngine('chat.watched', { isWatched: false }))
      powerMonitor.on('unlock-screen', () => {
        const isWatched = window?.isVisible() === true && !window.isMinimized()
        void callEngine('chat.watched', { isWatched })
      })
      powerMonitor.on('resume', () => void callEngine('sync.wake', {}))
    },

    openWindow(): void {
      if (window) {
        raise(window)
        return
      }
      applyPreferences(preferences.get())
      const opened = openAppWindow({
        session: places.session,
        preloadFile: join(buildFolder, 'preload.cjs'),
        place: preferences.windowPlace(),
        rememberPlace: preferences.rememberWindow,
        developerTools,
      })
      window = opened
      bodies.follow(opened.webContents)
      followShownLink(opened.webContents, url => emit('link', shownLink(url)))
      openTextMenus(opened, () => ({
        words: words(),
        isOpen: profile.isOpen,
        lookUp: text => command('search', text),
      }))
      keepZoom(opened, { percent: () => preferences.get().zoomPercent, move: moveZoom })
      for (const [event, isWatched] of inAndOutOfSight)
        opened.on(event as 'show', () => void callEngine('chat.watched', { isWatched }))
      opened.once('closed', () => {
        meetings.closeAll()
        window = null
      })
      loadPage(opened)
    },

    writeTo: (mailto: string): void => command('mailto', mailto),

    /** Closes the store and wipes the keys. */
    async end(): Promise<void> {
      await profile.end()
      await vaults.end()
    },
  }
}
