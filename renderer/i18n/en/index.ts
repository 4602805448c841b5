import { accounts } from './accounts'
import { app } from './app'
import { calendar } from './calendar'
import { common } from './common'
import { compose } from './compose'
import { errors } from './errors'
import { keys } from './keys'
import { mail } from './mail'
import { onboarding } from './onboarding'
import { openpgp } from './openpgp'
import { settings } from './settings'

export const english = {
  accounts,
  app,
  calendar,
  common,
  compose,
  errors,
  keys,
  mail,
  onboarding,
  openpgp,
  settings,
} as const
