/** How the desktop is told of reminders: not at all, only that there are some, or with what they say. */
export const alarmNoticeChoices = ['none', 'plain', 'content'] as const
