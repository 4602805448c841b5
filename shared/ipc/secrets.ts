/**
 * How a passphrase gets from the page to the vault: the page says text, the preload script gives its bytes to the vault
 * itself, and main, or the engine where it answers the call, hears only under which number they are kept. No schema here: the preload script loads this.
 */

/** The number under which the vault keeps what the page gave to it. */
export type KeptSecret = Readonly<{ secret: number }>

/** A passphrase where main or the command line handles it: text on the command line, a number in main. */
export type Passphrase = string | KeptSecret

/** Which fields of calls are secrets: taken out of the call by the preload script. A test compares the contract. */
export const secretFields: Readonly<Record<string, readonly string[]>> = {
  'app.createProfile': ['passphrase'],
  'app.unlock': ['passphrase'],
  'app.changeCustody': ['currentPassphrase', 'newPassphrase'],
  'profile.backup': ['passphrase'],
  'profile.restore': ['passphrase'],
  'keys.importSecret': ['passphrase', 'from.text'],
  'keys.importThunderbird': ['primaryPassword'],
  'keys.importSetupMessage': ['code'],
  'keys.exportSecret': ['passphrase'],
  'keys.unlock': ['passphrase'],
  'keys.setPassphrase': ['passphrase'],
  'messages.openWithPassphrase': ['passphrase'],
}

/** Where a page may get a port to: the engine for its calls, the vault for giving a secret. */
export const doorKinds = ['engine', 'secrets'] as const
export type DoorKind = (typeof doorKinds)[number]
