import { accounts } from './accounts'
import { app } from './app'
import { common } from './common'
import { compose } from './compose'
import { contacts } from './contacts'
import { errors } from './errors'
import { keys } from './keys'
import { mail } from './mail'
import { onboarding } from './onboarding'
import { openpgp } from './openpgp'
import { settings } from './settings'

export const german = {
  accounts,
  app,
  common,
  compose,
  contacts,
  errors,
  keys,
  mail,
  onboarding,
  openpgp,
  settings,
}
