/** The OpenPGP library as the vault uses it. Everything here takes it from this file: what loads before it matters. */
import './library/hide-curves'

export * from 'openpgp'

import './library/show-curves'
import './library/padded-compression'
import './library/name-ciphers'
