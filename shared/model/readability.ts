import { z } from 'zod'
import { draftAttachment, filesPerDraft, peoplePerDraft } from './compose'
import { transportLevelName } from './transport'

/** Whether the content is closed for everybody but the recipients. */
const protection = z.enum(['none', 'encrypted'])
export type Protection = z.infer<typeof protection>

/** The way between two providers; `inside`: there is none, both are the same. */
const wayLevel = z.enum([...transportLevelName.options, 'inside'])
export type WayLevel = z.infer<typeof wayLevel>

/**
 * Somebody a message passes or reaches.
 * - `you`: the own address, and the copy in the own mailbox.
 * - `own-provider`, `provider`: who runs the servers that hand it in and keep it.
 * - `network`: everybody between these servers, for the domains in `names`.
 * - `recipients`: the addresses.
 */
const messageReader = z.object({
  who: z.enum(['you', 'own-provider', 'network', 'provider', 'recipients']),
  names: z.array(z.string().max(1000)).max(peoplePerDraft),
  /** `outside`: addresses, time, size, and the subject unless it is hidden; not the content. */
  reads: z.enum(['everything', 'outside', 'nothing']),
  /** False where it hangs on what others do: then `reads` is what may be. */
  isSure: z.boolean(),
  /** Of the network only. */
  level: wayLevel.nullable(),
})
export type MessageReader = z.infer<typeof messageReader>

/** Something that is said outside the content, to every server on the way. */
const visibleItem = z.object({
  /** `blind`: who gets a blind copy; that is told to the own provider and to theirs. */
  item: z.enum(['addresses', 'blind', 'subject', 'time', 'size']),
  isHidden: z.boolean(),
})

/** Who can read a message, and what stays visible of it. */
const readability = z.object({
  readers: z.array(messageReader).max(100),
  metadata: z.array(visibleItem).max(20),
  /** The weakest way to any recipient; null while nobody is addressed. */
  onTheWay: wayLevel.nullable(),
})
export type Readability = z.infer<typeof readability>

/** The same for a draft, with what its files tell. */
export const draftExplanation = readability.extend({
  attachments: z.array(draftAttachment).max(filesPerDraft),
  /** Recipients that were not looked at: there are more than are looked up at once. */
  unexamined: z.number().int().nonnegative(),
})
export type DraftExplanation = z.infer<typeof draftExplanation>
