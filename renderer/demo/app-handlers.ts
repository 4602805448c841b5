import type { DraftAttachment } from '../../shared/features/writing/model'
import type { FaceCallName } from '../../shared/ipc/contract'
import { SiegelError } from '../../shared/kit/result'
import type { AppStatus } from '../../shared/kit/status'
import type { FakeWorld } from './fake-world'
import type { Handlers } from './handlers'

type AppCalls = Extract<
  FaceCallName,
  | `app.${string}`
  | `prefs.${string}`
  | `links.${string}`
  | `files.${string}`
  | `profile.${string}`
  | `page.${string}`
  | `settings.${string}`
  | 'bodies.fit'
  | 'doctor.run'
  | 'log.report'
>

/** The demo's passphrase is anything but "wrong". */
const isWrong = (passphrase: string | null) => passphrase === 'wrong'

export function appHandlers(world: FakeWorld): Handlers<AppCalls> {
  const setStatus = (change: Partial<AppStatus>): AppStatus => {
    world.status = { ...world.status, ...change }
    world.emit('app', world.status)
    return world.status
  }
  return {
    'app.status': () => world.status,
    'app.createProfile': ({ custody }) => setStatus({ state: 'open', custody }),
    'app.unlock': ({ passphrase }) => {
      if (isWrong(passphrase)) throw new SiegelError('wrong-passphrase')
      return setStatus({ state: 'open', problem: null })
    },
    'app.lock': () => setStatus({ state: 'locked' }),
    'app.changeCustody': ({ custody, currentPassphrase }) => {
      if (isWrong(currentPassphrase)) throw new SiegelError('wrong-passphrase')
      return setStatus({ custody })
    },
    'app.reportActivity': () => ({}),
    // Nothing measures here: the frame keeps its height and scrolls.
    'bodies.fit': () => ({ heightPx: null, scale: 1, isDarkened: false, isWide: false, marks: [] }),
    'prefs.get': () => world.preferences,
    'prefs.set': change => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      world.preferences = { ...world.preferences, ...given }
      world.emit('prefs', world.preferences)
      return world.preferences
    },
    'links.open': () => ({ opened: false }),
    'files.attach': ({ draftId }) => {
      const draft = world.drafts.get(draftId)
      if (draft === undefined) throw new SiegelError('not-found', { what: 'account' })
      const attachment: DraftAttachment = {
        id: world.newId(),
        fileName: 'Notizen.pdf',
        originalName: null,
        contentType: 'application/pdf',
        sizeBytes: 182_000,
        traces: { kind: 'document', removableBytes: 0, location: false },
        keepsTraces: false,
        contentId: null,
      }
      world.drafts.set(draftId, { ...draft, attachments: [...draft.attachments, attachment] })
      world.changed('draft', [draftId])
      return [attachment]
    },
    'files.saveAttachments': ({ messageId, partId }) => {
      const message = world.messages.get(messageId as never)
      const parts =
        message?.detail.attachments.filter(part => partId === null || part.partId === partId) ?? []
      return { saved: parts.map(part => part.fileName) }
    },
    'files.saveMessage': () => ({ saved: ['message.eml'] }),
    'files.savePage': () => ({ saved: [] }),
    'files.chooseContacts': () => null,
    'files.exportChat': () => ({ exported: 0 }),
    'files.exportContacts': () => ({ exported: 0 }),
    'files.import': () => ({ imported: 12, skipped: 0, notTaken: [], notTakenCount: 0 }),
    'files.export': () => ({ exported: 12 }),
    'profile.backup': ({ passphrase }) => {
      if (isWrong(passphrase)) throw new SiegelError('wrong-passphrase')
      return { saved: ['Siegel 2026-01-01.siegel-backup'] }
    },
    'profile.chooseBackup': () => ({ name: 'Siegel 2026-01-01.siegel-backup' }),
    'profile.restore': ({ passphrase }) => {
      if (isWrong(passphrase)) throw new SiegelError('wrong-passphrase')
      return setStatus({ state: 'open', custody: 'passphrase', problem: null })
    },
    'profile.stop': () => ({}),
    'profile.startAnew': () => setStatus({ state: 'no-profile', custody: null, problem: null }),
    'page.waiting': () => ({ notices: [], commands: [] }),
    'page.took': () => ({}),
    'settings.get': () => world.settings,
    'settings.set': change => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      world.settings = { ...world.settings, ...given }
      world.changed('settings', null)
      return world.settings
    },
    'log.report': () => ({ text: '2026-03-02T10:00:00.000Z info  engine: opened' }),
    'doctor.run': () => [
      { check: 'store-integrity', outcome: 'ok', detail: '' },
      { check: 'keychain', outcome: 'warning', detail: 'The keychain is locked.' },
    ],
  }
}
