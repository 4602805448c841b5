import { attachedDepth } from '../../../../shared/features/mail/attached-message'
import type { MessageId } from '../../../../shared/kit/ids'

/** A message of a mailbox (`attached` empty), or one that came in it as a file: the parts that lead there. */
export type MessagePlace = Readonly<{ messageId: MessageId; attached: readonly string[] }>

/** Whether messages that came as files in this one are opened, or only saved. */
export const opensFurther = ({ attached }: MessagePlace): boolean => attached.length < attachedDepth
