import type { Address } from '../../../../../../shared/features/mail/model'
import type { Draft } from '../../../../../../shared/features/writing/model'
import type { MessageId } from '../../../../../../shared/kit/ids'
import type { Needs } from '../../../../ports/parts'
import { answerOriginal } from '../answer/answer-original'
import {
  type AnswerRecipients,
  addressKey,
  answerRecipients,
  ownAddressTest,
} from '../answer/answer-recipients'
import { fieldsOf, protectedPeople } from '../answer/original-people'
import { ownAddresses } from '../draft/writing-account'

/** Of a draft from elsewhere that answers a message here: whom only that one's unprotected fields name. */
export async function unprotectedInAnswerTo(
  context: Needs<'mime' | 'protection' | 'reading', 'accounts' | 'messages'>,
  id: MessageId,
): Promise<Draft['unprotected']> {
  const { opened, fields } = await answerOriginal(context, id)
  const people = protectedPeople(context, opened)
  if (people === null) return null
  const named = answerRecipients('reply-all', fields, [])
  const everybody = [...fields.from, ...fields.replyTo, ...fields.mailReplyTo, ...named.to, ...named.cc]
  return unprotectedAmong(context, everybody, people, answerRecipients('reply', fieldsOf(people, fields), []))
}

/** Who of `named` stands outside the protection, and who is left without them; null when nobody does. */
export function unprotectedAmong(
  context: Needs<never, 'accounts'>,
  named: readonly Address[],
  people: ReadonlySet<string>,
  instead: AnswerRecipients,
): Draft['unprotected'] {
  const isOwn = ownAddressTest(ownAddresses(context))
  const addresses = named.filter(({ address }) => !people.has(addressKey(address)) && !isOwn(address))
  return addresses.length === 0 ? null : { addresses, instead: [...instead.to, ...instead.cc] }
}
