/** What main asks before the page may do it. `lines`: whom or what it is about, from the engine and not from the page. */
export type PageQuestion = Readonly<{
  kind:
    | 'set-up'
    | 'look-ups'
    | 'account-removed'
    | 'key-verified'
    | 'key-not-verified'
    | 'key-other'
    | 'key-dropped'
    | 'own-key-added'
    | 'own-key-changed'
    | 'protection-lower'
    | 'lock-weaker'
    | 'inbox-encryption'
    | 'send-clear'
    | 'remote-images'
    | 'custody'
  /** Sentences of main's own that say what becomes weaker. */
  reasons: readonly PageReason[]
  lines: readonly string[]
}>

/** What becomes weaker, or more visible, in one word; main has a sentence for each. */
export type PageReason =
  | 'direct'
  | 'proxy'
  | 'port'
  | 'private'
  | 'often'
  | 'untested'
  | 'authority'
  | 'other-servers'
  | 'encrypts-less'
  | 'signs-less'
  | 'hides-less'
  | 'other-own-key'
  | 'asks-more'
  | 'indexes-decrypted'
  | 'locks-later'
  | 'stays-open'
  | 'looks-up-domains'
  | 'checks-less'
  | 'inbox-off'
  | 'inbox-other-keys'
  | 'inbox-decrypts'
