import ElectronStore from 'electron-store'
import { z } from 'zod'
import { type Preferences, preferences } from '../../shared/kit/status'

const defaults: Preferences = {
  language: 'system',
  theme: 'system',
  density: 'normal',
  zoomPercent: 100,
  panes: { folders: 240, list: 400 },
}

const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
})

/** Where the window was, in display-independent pixels. */
const windowPlace = z.object({ bounds, maximized: z.boolean() })
export type WindowPlace = z.infer<typeof windowPlace>

/**
 * What may be read by anyone with the disk: looks and the window's place. A file that cannot be understood is
 * started anew; nothing in it is worth an error.
 */
export const openPreferences = (directory: string, onChange: (now: Preferences) => void) => {
  const file = new ElectronStore<Record<string, unknown>>({
    cwd: directory,
    name: 'preferences',
    clearInvalidConfig: true,
    // It tells nobody which version last ran.
    serialize: value => JSON.stringify(value, null, 2),
  })

  const read = (): Preferences => {
    const kept = file.get('preferences')
    // A file of before knows less; what it knows still holds.
    const parsed = preferences.safeParse({ ...defaults, ...(typeof kept === 'object' ? kept : {}) })
    return parsed.success ? parsed.data : defaults
  }

  return {
    get: read,
    set(change: { readonly [N in keyof Preferences]?: Preferences[N] | undefined }): Preferences {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const next = preferences.parse({ ...read(), ...given })
      file.set('preferences', next)
      onChange(next)
      return next
    },
    windowPlace(): WindowPlace | null {
      const parsed = windowPlace.safeParse(file.get('window'))
      return parsed.success ? parsed.data : null
    },
    rememberWindow(place: WindowPlace): void {
      file.set('window', place)
    },
  }
}
