/**
 * What a table of the store holds: `precious`: what exists nowhere else, or only in part; `server`: what a server gives
 * again; `derived`: what is made again from the rest.
 */
type Keep = 'precious' | 'server' | 'derived'

/** What is counted of a recovery, for whoever is told of it. */
export type SavedCount = 'keys' | 'drafts' | 'outbox' | 'localMessages' | 'accounts' | 'events'

/** How a precious table is read from a damaged store and put into a new one. */
type SalvageRule = Readonly<{
  /** A further column that tells rows of one key apart. */
  beside?: string
  /** A column of whole numbers by which rows behind a broken page are reached; null where there is none. */
  key: string | null
  /** Only these rows, as an SQL condition. */
  only?: string
  /** Only the rows whose key is an `id` that was read of this table. */
  of?: string
  /** Columns that must hold JSON; a row where one does not is of no use. */
  json?: readonly string[]
  /** Under what its rows are counted. */
  counted?: SavedCount
}>

/** A table, with all that opening, salvage and recovery need to know of it. */
export type TableRule = Readonly<{
  name: string
  keep: Keep
  /** Tables to which its rows refer: those are put into a new store first. */
  after?: readonly string[]
  /** How much is read at every opening: a small table `whole`, a large one at both `ends`, the rest when it is used. */
  look?: 'whole' | 'ends'
  salvage?: SalvageRule
}>

/** Every table of the schema, once, in an order in which every row finds what it refers to. */
export const tables: readonly TableRule[] = [
  // Numbers of the store itself, and what servers say of themselves.
  { name: 'meta', keep: 'derived', look: 'whole' },

  // Facts that cannot be read are read from the public part again; the sealed part is what must not be lost.
  { name: 'own_keys', keep: 'precious', look: 'whole', salvage: { key: 'number', counted: 'keys' } },
  { name: 'public_keys', keep: 'precious', look: 'whole', salvage: { key: 'number' } },
  {
    name: 'key_addresses',
    keep: 'precious',
    after: ['public_keys'],
    look: 'whole',
    salvage: { key: 'number' },
  },
  { name: 'key_ids', keep: 'precious', after: ['public_keys'], look: 'whole', salvage: { key: null } },
  { name: 'address_preferences', keep: 'precious', look: 'whole', salvage: { key: null } },
  {
    name: 'key_conflicts',
    keep: 'precious',
    after: ['public_keys'],
    look: 'whole',
    salvage: { key: null },
  },

  { name: 'settings', keep: 'precious', look: 'whole', salvage: { key: null, json: ['value'] } },
  { name: 'pins', keep: 'precious', look: 'whole', salvage: { key: null } },
  { name: 'transport_domains', keep: 'precious', look: 'whole', salvage: { key: null } },
  { name: 'transport_tlsa', keep: 'precious', look: 'whole', salvage: { key: null } },
  { name: 'remote_senders', keep: 'precious', look: 'whole', salvage: { key: null } },

  {
    name: 'accounts',
    keep: 'precious',
    look: 'whole',
    salvage: { key: 'number', json: ['config'], counted: 'accounts' },
  },
  {
    name: 'account_passwords',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'account', beside: 'service' },
  },
  {
    name: 'openpgp_settings',
    keep: 'precious',
    after: ['accounts', 'own_keys'],
    look: 'whole',
    salvage: { key: 'account' },
  },
  {
    name: 'mailboxes',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'id', json: ['sync_window'] },
  },
  {
    name: 'inbox_encryption',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'account' },
  },

  // Mail that is only here: of local accounts, and what waits to be appended. The rest is downloaded again.
  {
    name: 'messages',
    keep: 'precious',
    after: ['accounts', 'mailboxes'],
    look: 'ends',
    salvage: { key: 'id', only: 'uid IS NULL AND unmatched = 0', counted: 'localMessages' },
  },
  {
    name: 'raw_messages',
    keep: 'precious',
    after: ['messages'],
    look: 'ends',
    salvage: { key: 'message', of: 'messages' },
  },

  {
    name: 'inbox_replacements',
    keep: 'precious',
    after: ['accounts', 'mailboxes', 'messages'],
    look: 'whole',
    salvage: { key: 'id' },
  },

  {
    name: 'drafts',
    keep: 'precious',
    after: ['accounts', 'messages'],
    look: 'whole',
    salvage: { key: 'number', json: ['content'], counted: 'drafts' },
  },
  { name: 'draft_attachments', keep: 'precious', after: ['drafts'], look: 'ends', salvage: { key: 'id' } },
  {
    name: 'outbox',
    keep: 'precious',
    after: ['accounts'],
    look: 'ends',
    salvage: { key: 'id', json: ['envelope'], counted: 'outbox' },
  },
  {
    name: 'tasks',
    keep: 'precious',
    after: ['accounts', 'messages'],
    look: 'whole',
    salvage: { key: 'id', json: ['payload'] },
  },

  // Objects that are on a server come again from there; those of calendars on this machine are only here, and a change may wait.
  {
    name: 'calendars',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'id' },
  },
  {
    name: 'calendar_objects',
    keep: 'precious',
    after: ['calendars'],
    look: 'ends',
    salvage: { key: 'id', counted: 'events' },
  },

  { name: 'message_texts', keep: 'server', after: ['messages'] },
  { name: 'remembered_uids', keep: 'server', after: ['mailboxes', 'messages'] },
  { name: 'encrypted_messages', keep: 'server', after: ['messages'] },
  // Both name mail of servers by the number of its row, which is another one after a recovery.
  { name: 'inbox_messages', keep: 'server', after: ['messages'] },
  { name: 'inbox_originals', keep: 'server', after: ['messages', 'accounts'] },

  { name: 'task_messages', keep: 'derived', after: ['tasks', 'messages'] },
  { name: 'calendar_events', keep: 'derived', after: ['calendar_objects'] },
  { name: 'undo_journal', keep: 'derived' },
  { name: 'thread_names', keep: 'derived', after: ['accounts'] },
  { name: 'address_book', keep: 'derived' },
  { name: 'search_renewal', keep: 'derived' },
  { name: 'find_headers', keep: 'derived', after: ['messages'] },
  { name: 'find_bodies', keep: 'derived', after: ['messages'] },
  { name: 'find_header_words', keep: 'derived', after: ['find_headers'] },
  { name: 'find_body_words', keep: 'derived', after: ['find_bodies'] },
]

/** A table that is carried into a new store. */
export type PreciousTable = TableRule & { readonly salvage: SalvageRule }

/** Those that are read from a damaged store, in their order. */
export const preciousTables: readonly PreciousTable[] = tables.flatMap(table =>
  table.salvage === undefined ? [] : [{ ...table, salvage: table.salvage }],
)
