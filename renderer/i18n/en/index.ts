import { app } from './app'
import { commands } from './commands'
import { common } from './common'
import { errors } from './errors'
import { keys } from './keys'
import { things } from './things'

/** Words that no feature has for itself. */
export const english = { app, commands, common, errors, keys, things } as const
