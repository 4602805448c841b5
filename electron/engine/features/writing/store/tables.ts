import type { TableRule } from '../../../store/tables'

/** Tables of drafts and of the outbox. */
export const writingTables: readonly TableRule[] = [
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
]
