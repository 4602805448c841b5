/** Messages whose author wants them shown by a press only (XEP-0382). */
export const spoilerSteps = {
  version: 24,
  name: 'messages shown by a press only',
  statements: `
-- spoiler: what its author says of it before it is shown, empty where nothing; NULL: it is shown as it is.
ALTER TABLE chat_messages ADD COLUMN spoiler TEXT;
`,
} as const
