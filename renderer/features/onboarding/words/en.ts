export const onboarding = {
  title: 'Welcome to Siegel',
  text: 'Siegel is a mail program that keeps your mail encrypted on your computer.',
  text2:
    'It receives and sends mail through your provider: no account with us, no statistics, no images loaded without asking. Names of servers, and the domains you write to, are looked up in DNS; in Settings you choose which DNS server is used, and can turn this off.',
  key: {
    question: 'Where should the key to your mail be kept?',
    keychain: 'In the keychain: {{backend}}',
    keychainText:
      'Opens without asking while you are signed in to this computer. Anyone who can use your session can read your mail.',
    keychainNone: 'In the keychain of this computer',
    keychainNoneText:
      'Not available: no keychain service answers. You can start one and move the key there later, in Settings.',
    keychainDetail: 'Details',
    keychainLocked:
      '{{backend}} is locked. When you continue, your system asks for its password; without it the key cannot be put there.',
    passphrase: 'With a passphrase that only you know',
    passphraseText:
      'You are asked for it at every start and after locking. Without it nobody can read your mail, and nobody can help you if you forget it.',
    continue: 'Continue',
    creating: 'Creating the encrypted store …',
  },
  restore: {
    offer: 'Restore a backup …',
    title: 'Restore a backup',
    text: 'A file that Siegel saved under “Backup”. It contains mail, drafts, keys and settings, and opens with its passphrase.',
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
    again: 'Repeat the passphrase',
    differs: 'The passphrases do not match.',
    strength: {
      empty: 'At least {{atLeast}} characters. Five random words are better than any mix of symbols.',
      'too-short': 'Too short: at least {{atLeast}} characters.',
      weak: 'Weak: a determined attacker with your disk would find it. Make it longer.',
      fair: 'Fair: enough against the curious, not against a well-funded attacker. Another word helps.',
      strong: 'Strong, if nobody can guess the words.',
    },
  },
  way: {
    title: 'How do you want to start?',
    text: 'You can add more accounts at any time.',
    account: 'Set up an account',
    'account-text': 'Any provider with IMAP: enter address and password, or every setting by hand.',
    'mailbox-org': 'mailbox.org',
    'mailbox-org-text': 'The servers are known, and Siegel explains which password goes where.',
    sample: 'Try with a sample mailbox',
    'sample-text': 'Made-up mail to look around. No account, no network.',
    leave: 'Not now',
  },
} as const
