import { type SettingsChange, settings } from '../../shared/model/status'
import { UsageError } from '../exit'
import { withSession } from '../session'
import type { Verb } from '../verb'

/** A value as it is typed: JSON (numbers, true, false, lists), and a bare word as text. */
function typedValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** `NAME=VALUE` … as a change; the schema says what each may be. */
export function settingsChange(texts: readonly string[]): SettingsChange {
  const entries = texts.map((text): [string, unknown] => {
    const at = text.indexOf('=')
    const name = at < 0 ? text : text.slice(0, at)
    if (at < 1 || !Object.hasOwn(settings.shape, name))
      throw new UsageError(
        `"${text}" is not NAME=VALUE with one of: ${Object.keys(settings.shape).join(', ')}`,
      )
    return [name, typedValue(text.slice(at + 1))]
  })
  const change = settings.partial().strict().safeParse(Object.fromEntries(entries))
  if (!change.success) {
    const [issue] = change.error.issues
    throw new UsageError(`${issue?.path.join('.') ?? 'settings'}: ${issue?.message ?? 'not valid'}`)
  }
  return change.data
}

export const settingsVerbs: readonly Verb[] = [
  {
    name: 'settings',
    usage: 'settings [NAME=VALUE]…',
    about: 'Show the settings of the profile, or change some of them, for the window too',
    options: {},
    positionals: [0, 30],
    async run(options, output) {
      const change = settingsChange(options.positionals)
      const now = await withSession(options, session =>
        options.positionals.length > 0
          ? session.call('settings.set', change)
          : session.call('settings.get', {}),
      )
      output.result(now, () => Object.entries(now).map(([name, value]) => `${name}=${JSON.stringify(value)}`))
    },
  },
]
