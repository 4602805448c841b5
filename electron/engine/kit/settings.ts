import { defaultSettings, type Settings, settings as settingsSchema } from '../../../shared/kit/status'
import type { SettingsStore } from '../ports/store'
import type { StoreContext } from '../store/context'
import { sql } from '../store/sql'

/** Settings with meaning: one row each, so that a newer program's unknown ones survive an older program. */
export function createSettingsStore({ database, feed }: StoreContext): SettingsStore {
  const get = (): Settings => {
    const stored: Record<string, unknown> = {}
    for (const row of database.read.all<{ name: string; value: string }>(
      sql`SELECT name, value FROM settings`,
    )) {
      stored[row.name] = JSON.parse(row.value)
    }
    // A value that no longer parses falls back to its default alone, not all of them.
    const parsed = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
      const value = schema.safeParse(stored[name])
      return value.success ? [[name, value.data] as const] : []
    })
    return { ...defaultSettings, ...(Object.fromEntries(parsed) as Partial<Settings>) }
  }
  return {
    get,
    set: change =>
      database.write(
        db => {
          for (const [name, value] of Object.entries(settingsSchema.partial().parse(change))) {
            if (value === undefined) continue
            db.run(sql`INSERT OR REPLACE INTO settings VALUES (${name}, ${JSON.stringify(value)})`)
          }
          feed.note('settings', null, 'values')
          return get()
        },
        { durable: true },
      ),
  }
}
