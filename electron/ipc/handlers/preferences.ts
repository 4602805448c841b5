import type { Preferences } from '../../../shared/kit/status'
import type { MainHandlers } from '../answer-call'

/** Where preferences are kept; `windows/preferences.ts` is the real one. */
export type PreferenceStore = {
  get(): Preferences
  /** Stores, tells whoever shows them, and answers the whole. */
  set(change: { readonly [N in keyof Preferences]?: Preferences[N] | undefined }): Preferences
}

type PreferenceCalls = Pick<MainHandlers, 'prefs.get' | 'prefs.set'>

/** Calls about looks: what may be read by anyone with the disk. */
export const preferenceHandlers = (preferences: PreferenceStore): PreferenceCalls => ({
  async 'prefs.get'() {
    return preferences.get()
  },
  async 'prefs.set'(change) {
    return preferences.set(change)
  },
})
