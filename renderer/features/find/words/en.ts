export const find = {
  label: 'Found beside mail',
  event: 'Event',
  contact: 'Contact',
  todo: 'To-do',
  conversation: 'Chat',
  done: 'done',
  untitled: '(no title)',
  more_one: '{{count, number}} more',
  more_other: '{{count, number}} more',
  fewer: 'Fewer',
  nothing: 'Nothing found',
} as const
