import { app } from './app'
import { commands } from './commands'
import { common } from './common'
import { errors } from './errors'
import { keys } from './keys'
import { things } from './things'

export const german = { app, commands, common, errors, keys, things }
