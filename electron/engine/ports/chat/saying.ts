/** What is said, before it is written as a stanza. Ids of others: the author's, in rooms the archive's. */
export type Saying =
  | Readonly<{
      kind: 'text'
      text: string
      reply: Readonly<{ id: string; to: string; quote: string }> | null
      /** It is to be shown by a press only (XEP-0382); what is said of it before. */
      spoiler?: string
      /** The text is the address of a file, and nothing else. */
      isFile?: true
    }>
  | Readonly<{ kind: 'correct'; text: string; target: string }>
  | Readonly<{ kind: 'retract'; target: string }>
  | Readonly<{ kind: 'react'; target: string; emoji: readonly string[] }>
