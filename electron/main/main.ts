/** The window's program, from the first line to the last. What each step does is in the room it comes from. */
import { join } from 'node:path'
import { app, protocol, session } from 'electron'
import { omitFromCoreDumps } from '../log/core-dumps'
import { isPageUrl, privilegedSchemes, schemes } from '../protocols/schemes'
import { hardenApp } from '../windows/hardening'
import { applySwitches } from '../windows/switches'
import { parseWindowArguments } from './arguments'
import { composeMain, log } from './compose'

omitFromCoreDumps(process.pid)

const { profile, mailto } = parseWindowArguments(process.argv.slice(1), process.cwd())

// Everything of one profile lies together, what Chromium keeps included; a second profile is a second program.
if (profile) app.setPath('userData', join(profile, 'window'))
const profileDirectory = profile ?? join(app.getPath('userData'), 'profile')
const dataDirectory = app.getPath('userData')

// The system's sandbox for every page. Where the starter has switched it off, which only root needs, asking for
// it here would leave a program that cannot start.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
applySwitches(app)
protocol.registerSchemesAsPrivileged(privilegedSchemes)

const allowedSchemes = [
  ...Object.values(schemes).map(scheme => `${scheme}:`),
  ...(app.isPackaged ? [] : ['devtools:']),
]

const run = async (): Promise<void> => {
  let main: ReturnType<typeof composeMain> | null = null
  hardenApp(app, {
    allowedSchemes,
    isPageUrl,
    bodyScheme: `${schemes.mailBody}:`,
    onLink: url => main?.onLink(url),
    meetingOf: each => main?.meetingOf(each) ?? null,
  })

  await app.whenReady()
  app.configureHostResolver({ enableBuiltInResolver: false, secureDnsMode: 'off' })

  // In memory only: nothing the page shows is kept on the disk outside the store.
  const windowSession = session.fromPartition('window', { cache: false })
  const composed = composeMain({ profileDirectory, dataDirectory, session: windowSession })
  main = composed
  composed.startRouter()
  composed.serveProtocols()
  composed.watchIdleness()
  composed.openWindow()
  if (mailto) composed.writeTo(mailto)

  app.on('second-instance', (_event, args, workingDirectory) => {
    composed.openWindow()
    const second = parseWindowArguments(args.slice(1), workingDirectory)
    if (second.mailto) composed.writeTo(second.mailto)
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    composed.openWindow()
    composed.writeTo(url)
  })
  app.on('activate', composed.openWindow)
  app.on('window-all-closed', () => app.quit())

  app.on('will-quit', event => {
    event.preventDefault()
    composed
      .end()
      .catch((error: unknown) => log.error('the end was not orderly', { error }))
      .finally(() => app.exit(0))
  })
}

if (app.requestSingleInstanceLock())
  run().catch((error: unknown) => {
    log.error('the program could not start', { error })
    app.exit(1)
  })
else app.quit()
