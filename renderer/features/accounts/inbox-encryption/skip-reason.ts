const reasons = [
  'already-encrypted',
  'not-inbox-encrypted',
  'marked-deleted',
  'leased-elsewhere',
  'too-large',
  'not-given',
  'changed-meanwhile',
  'not-readable',
  'refused',
  'undone',
] as const

/** The reason as one that there are words for. */
export const skipReasonOf = (reason: string): (typeof reasons)[number] | 'other' =>
  reasons.find(each => each === reason) ?? 'other'
