// The directions of docs/ARCHITECTURE.md as a table. A file belongs to the first room whose pattern it matches,
// and may import from its own room and from the rooms it sees.

/** A part of the tree with one set of rights. */
export interface Room {
  readonly name: string
  readonly pattern: RegExp
  /** Rooms it may import from besides itself; `*` for all. */
  readonly sees: readonly string[]
  /** Packages it may import; absent means any that no other rule forbids. */
  readonly packages?: RegExp
  /** Whether it may use Node's own modules. */
  readonly hasNode: boolean
}

const engineAdapter = (name: string): Room => ({
  name: `engine/${name}`,
  pattern: new RegExp(`^electron/engine/${name}/`),
  sees: ['shared', 'engine/ports', 'log'],
  hasNode: true,
})

/** What the parts of an engine feature see besides shared, ports and log; what is not named here is an adapter. */
const featureParts: Readonly<Record<string, (feature: string) => readonly string[]>> = {
  app: feature => [
    'engine/kit',
    `${feature}/sync`,
    `${feature}/outbox`,
    `${feature}/tasks`,
    `${feature}/connection`,
    // Calendars at an address, which are fetched and not reconciled.
    `${feature}/subscriptions`,
  ],
  sync: feature => ['engine/kit', `${feature}/tasks`],
  outbox: () => ['engine/kit'],
  store: feature => ['engine/kit', 'engine/store', 'engine/formats', `${feature}/tasks`],
  // The kinds of queued changes: what each does in the store, and on the server.
  tasks: () => ['engine/kit', 'engine/store', 'engine/formats'],
  // Chat takes what comes into its own store in the transaction that counts it as handled, so its connection knows that store.
  connection: feature => ['engine/kit', 'engine/formats', `${feature}/store`],
  // A sealed page says the same as the message that it stands for, so the builder of messages writes it.
  'locked-page': feature => ['engine/formats', `${feature}/build`],
}

/** One part of a feature. It never sees another feature: what two share is a port. */
const engineFeaturePart = (feature: string, part: string): Room => {
  const name = `engine/${feature}`
  return {
    name: `${name}/${part}`,
    pattern: new RegExp(`^electron/engine/features/${feature}/${part}/`),
    sees: ['shared', 'engine/ports', 'log', ...(featureParts[part]?.(name) ?? ['engine/formats'])],
    hasNode: true,
  }
}

/** The one object that a feature gives the engine. It joins the feature's own parts. */
const engineFeatureJoint = (feature: string): Room => ({
  name: `engine/${feature}`,
  pattern: new RegExp(`^electron/engine/features/${feature}/feature\\.ts$`),
  sees: ['shared', 'engine/ports', 'engine/kit', 'engine/store', 'engine/schema', `engine/${feature}/*`],
  hasNode: false,
})

const rendererFeature = (name: string): Room => ({
  name: `renderer/features/${name}`,
  pattern: new RegExp(`^renderer/features/${name}/`),
  sees: ['shared', 'renderer/ui', 'renderer/state', 'renderer/keys', 'renderer/host', 'renderer/i18n'],
  hasNode: false,
})

const mainRoom = (name: string): Room => ({
  name,
  pattern: new RegExp(`^electron/${name}/`),
  sees: ['shared', 'log'],
  hasNode: true,
})

/** The rooms of a tree; features and adapters are found by their folders, so a new one has its walls at once. */
export const roomsOf = (paths: readonly string[]): Room[] => {
  const foldersBelow = (parent: string): string[] => [
    ...new Set(
      paths
        .filter(path => path.startsWith(parent) && path.slice(parent.length).includes('/'))
        .map(path => path.slice(parent.length).split('/')[0] ?? ''),
    ),
  ]
  return [
    { name: 'shared', pattern: /^shared\//, sees: [], packages: /^(zod|tldts)$/, hasNode: false },

    ...foldersBelow('renderer/features/').map(rendererFeature),
    // Hears the keyboard and knows who answers a command; which commands there are stands in shared.
    { name: 'renderer/keys', pattern: /^renderer\/state\/keys\//, sees: ['shared'], hasNode: false },
    {
      name: 'renderer/ui',
      pattern: /^renderer\/ui\//,
      sees: ['shared', 'renderer/i18n', 'renderer/keys'],
      hasNode: false,
    },
    {
      name: 'renderer/state',
      pattern: /^renderer\/state\//,
      sees: ['shared', 'renderer/host', 'renderer/i18n', 'renderer/keys'],
      hasNode: false,
    },
    {
      name: 'renderer/host',
      pattern: /^renderer\/host\//,
      sees: ['shared', 'renderer/i18n'],
      hasNode: false,
    },
    {
      name: 'renderer/i18n',
      pattern: /^renderer\/i18n\//,
      sees: ['shared'],
      hasNode: false,
    },
    // Made-up data. Nothing sees it but its own entry, or a release could show it in the place of somebody's mail.
    {
      name: 'demo',
      pattern: /^renderer\/demo\//,
      sees: ['shared', 'renderer', 'renderer/*'],
      hasNode: false,
    },
    {
      name: 'renderer',
      pattern: /^renderer\//,
      sees: ['shared', /* its own rooms: */ 'renderer/*'],
      hasNode: false,
    },

    {
      name: 'engine/schema',
      pattern: /^electron\/engine\/store\/schema\//,
      sees: [],
      packages: /^$/,
      hasNode: false,
    },
    { name: 'engine/ports', pattern: /^electron\/engine\/ports\//, sees: ['shared'], hasNode: true },
    { ...engineAdapter('store'), sees: ['shared', 'engine/ports', 'engine/schema', 'log'] },
    { ...engineAdapter('kit'), sees: ['shared', 'engine/ports', 'engine/store', 'log'] },
    ...foldersBelow('electron/engine/features/').flatMap(feature => [
      engineFeatureJoint(feature),
      ...foldersBelow(`electron/engine/features/${feature}/`).map(part => engineFeaturePart(feature, part)),
    ]),
    // It waits as mail and calendars do, by what the kit has for all of them.
    { ...engineAdapter('xmpp'), sees: ['shared', 'engine/ports', 'engine/kit', 'log'] },
    ...foldersBelow('electron/engine/')
      .filter(name => !['compose', 'features'].includes(name))
      .map(engineAdapter),
    {
      name: 'engine',
      pattern: /^electron\/engine\/(compose\/|[a-z-]+\.ts$)/,
      sees: ['shared', 'log', 'engine/*', 'vault', 'sealing'],
      hasNode: true,
    },

    mainRoom('windows'),
    // Content of mail on its way from the engine through main.
    mainRoom('sealing'),
    { ...mainRoom('ipc'), sees: ['shared', 'log', 'sealing'] },
    mainRoom('protocols'),
    // A passphrase is turned into a key inside the vault, so custody asks the vault for it.
    { ...mainRoom('keychain'), sees: ['shared', 'log', 'vault'] },
    mainRoom('vault'),
    mainRoom('thunderbird'),
    { name: 'log', pattern: /^electron\/log\//, sees: ['shared'], hasNode: true },
    {
      name: 'preload',
      pattern: /^electron\/preload\.ts$/,
      sees: ['shared'],
      packages: /^electron$/,
      hasNode: false,
    },
    { name: 'main', pattern: /^electron\/main\//, sees: ['*'], hasNode: true },

    {
      name: 'cli',
      pattern: /^cli\//,
      sees: ['shared', 'log', 'engine', 'engine/ports', 'keychain', 'vault', 'thunderbird'],
      hasNode: true,
    },
  ]
}

/** Packages with one home each. */
export const packageHomes: readonly { name: RegExp; homes: RegExp; reason: string }[] = [
  {
    name: /^electron$/,
    homes: /^electron\/(preload\.ts|main\/|windows\/|ipc\/|protocols\/|keychain\/|engine\/entry\.ts)/,
    reason: 'the engine, the vault and the command line run without Electron',
  },
  {
    name: /^(react|react-dom|react-i18next|react-aria-components|lucide-react|zustand|@tiptap\/.*|@tanstack\/.*)$/,
    homes: /^renderer\//,
    reason: 'React lives in the window',
  },
  {
    name: /^better-sqlite3-multiple-ciphers$/,
    homes: /^electron\/engine\/(store|features\/[a-z-]+\/store)\//,
    reason: 'only the store touches the database',
  },
  {
    name: /^@noble\/.*$/,
    homes: /^(renderer\/locked-page\/|electron\/vault\/omemo\/curve\/edwards\.ts$)/,
    reason:
      'pages that open without a network bring their ciphers along, and Node has no arithmetic of points; everything else has better ones',
  },
  {
    name: /^imapflow$/,
    homes: /^electron\/engine\/(features\/mail\/imap\/|kit\/mailboxes\/role-folders\.ts$)/,
    reason: 'IMAP has one adapter; the judgement of folders uses its table of names',
  },
  { name: /^nodemailer$/, homes: /^electron\/engine\/features\/writing\//, reason: 'SMTP has one adapter' },
  { name: /^@napi-rs\/keyring$/, homes: /^electron\/keychain\//, reason: 'key custody has one room' },
  {
    name: /^openpgp$/,
    homes: /^electron\/vault\/openpgp\/library/,
    reason: 'the vault takes the OpenPGP library from its library.ts, which sees to what loads before it',
  },
]
