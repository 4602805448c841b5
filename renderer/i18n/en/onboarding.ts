export const onboarding = {
  title: 'Welcome to Siegel',
  text: 'Siegel is a mail program that keeps your mail on your computer, encrypted.',
  text2:
    'It fetches and sends mail at your provider: no account with us, no statistics, no images fetched unasked. Names of servers, and the domains you write to, are looked up in the domain name system; Settings say whom that asks, and can stop it.',
  key: {
    question: 'Where should the key to your mail be kept?',
    keychain: 'In the keychain: {{backend}}',
    keychainText:
      'Opens without asking while you are signed in to this computer. Whoever can use your session can read your mail.',
    keychainNone: 'In the keychain of this computer',
    keychainNoneText:
      'Not available: no keychain service answers. You can start one and move the key there later, in Settings.',
    keychainDetail: 'What the system said',
    keychainLocked:
      '{{backend}} is locked. When you continue, your system asks for its password; without it the key cannot be put there.',
    passphrase: 'Under a passphrase that only you know',
    passphraseText:
      'Asked for at every start and after locking. Without it nobody reads your mail, and nobody can help you either if you forget it.',
    continue: 'Continue',
    creating: 'Making the encrypted store …',
  },
  restore: {
    offer: 'Restore a backup …',
    title: 'Restore a backup',
    text: 'A file that Siegel wrote under “Backup”. It holds mail, drafts, keys and settings, and opens with its passphrase.',
    choose: 'Choose the file …',
    another: 'Another file …',
    passphrase: 'Passphrase of the backup',
    stop: 'Stop',
    copying: 'Copying and comparing …',
    wrong: 'This passphrase does not open the backup.',
    go: 'Restore',
    restoring: 'Restoring …',
  },
  passphrase: {
    label: 'Passphrase',
    again: 'Once more',
    differs: 'The two are not the same.',
    strength: {
      empty: 'At least {{atLeast}} characters. Five random words are better than any puzzle of symbols.',
      'too-short': 'Too short: at least {{atLeast}} characters.',
      weak: 'Weak: a determined stranger with your disk would find it. Make it longer.',
      fair: 'Fair: enough against the curious, not against someone with money. Another word helps.',
      strong: 'Strong, if nobody could have guessed the words.',
    },
  },
  way: {
    title: 'How do you want to begin?',
    text: 'You can add more accounts at any time.',
    account: 'Set up an account',
    'account-text': 'Any provider with IMAP: address, password, done. Or every field by hand.',
    'mailbox-org': 'mailbox.org',
    'mailbox-org-text': 'The servers are known, and you are told which password goes where.',
    sample: 'Try with a sample mailbox',
    'sample-text': 'Made-up mail to look around. No account, no network.',
    leave: 'Not now',
  },
} as const
