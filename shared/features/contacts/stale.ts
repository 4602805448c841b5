import { any, asked, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about contacts old (`ipc/stale/stale.ts`). */
export const contactStale = {
  'contacts.books': [any('contact'), any('account')],
  'contacts.waits': [any('contact')],
  'contacts.list': [any('contact')],
  'contacts.find': [any('contact')],
  // A group shows its members, so any card may be one of it.
  'contacts.show': [any('contact')],
  'contacts.raw': [{ entity: 'contact', kinds: ['state'], about: 'id' }],
  'contacts.groups': [any('contact')],
  'contacts.members': [any('contact')],
  'contacts.collected': [any('contact'), { entity: 'settings', kinds: ['values'] }],
  'contacts.duplicates': [any('contact')],
  'contacts.previewImport': asked,
  'contacts.previewFile': asked,
  'addresses.suggest': asked,
} as const satisfies Record<string, readonly StaleRule[]>
