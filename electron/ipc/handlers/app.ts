import type { Passphrase } from '../../../shared/ipc/secrets'
import { SiegelError } from '../../../shared/kit/result'
import type { AppStatus, KeyCustody } from '../../../shared/kit/status'
import type { MainHandlers } from '../answer-call'

/** The profile's life as the handlers see it; `electron/main/profile-session.ts` is the real one. */
export type ProfileControl = {
  status(): Promise<AppStatus>
  create(options: { custody: KeyCustody; passphrase: Passphrase | null }): Promise<void>
  unlock(passphrase: Passphrase | null): Promise<void>
  lock(): Promise<void>
  changeCustody(change: {
    custody: KeyCustody
    currentPassphrase: Passphrase | null
    newPassphrase: Passphrase | null
  }): Promise<void>
}

type AppCalls = Pick<MainHandlers, Extract<keyof MainHandlers, `app.${string}`>>

/** Calls about the profile and its lock. */
export const appHandlers = (parts: {
  profile: ProfileControl
  /** Asks in main's own window; a page that knew no passphrase could otherwise lock its owner out. */
  confirmCustody: () => Promise<boolean>
  onActivity: () => void
}): AppCalls => ({
  'app.status': () => parts.profile.status(),
  async 'app.createProfile'(options) {
    await parts.profile.create(options)
    return parts.profile.status()
  },
  async 'app.unlock'({ passphrase }) {
    await parts.profile.unlock(passphrase)
    return parts.profile.status()
  },
  async 'app.lock'() {
    await parts.profile.lock()
    return parts.profile.status()
  },
  async 'app.changeCustody'(change) {
    if (!(await parts.confirmCustody())) throw new SiegelError('cancelled')
    await parts.profile.changeCustody(change)
    return parts.profile.status()
  },
  async 'app.reportActivity'() {
    parts.onActivity()
    return {}
  },
})
