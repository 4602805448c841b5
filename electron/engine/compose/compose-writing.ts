import { createPost } from '../features/writing/app/send/post'
import { afterSent } from '../features/writing/app/send/send-draft'
import { outgoingBuilder } from '../features/writing/build/outgoing-builder'
import { createProtectedBuilder } from '../features/writing/build/protect/protected-builder'
import { lockedMessage } from '../features/writing/locked-page/locked-message'
import { createLookForMessage } from '../features/writing/outbox/look-for-message'
import { createOutboxRunner, type OutboxRunner } from '../features/writing/outbox/outbox-runner'
import { createSmtpOffers } from '../features/writing/smtp/smtp-offers'
import { createSubmission } from '../features/writing/smtp/submission'
import type { EngineParts } from '../ports/parts'
import type { Base } from './base'
import type { Network } from './compose-network'
import type { Sync } from './compose-sync'

/** Building messages and bringing them away. */
export function composeWriting(
  base: Base,
  { gate }: Network,
  { sync }: Sync,
  { mime, changes, reading, protection }: Pick<EngineParts, 'mime' | 'changes' | 'reading' | 'protection'>,
): Pick<EngineParts, 'builder' | 'protectedBuilder' | 'lockMessage' | 'offers' | 'post'> &
  Readonly<{ outbox: OutboxRunner }> {
  const { store, vault, clock, random, log, emit } = base
  const offers = createSmtpOffers()
  const protectedBuilder = createProtectedBuilder(vault, clock)
  const outbox = createOutboxRunner({
    store,
    submission: createSubmission({ gate, log, clock, offers }),
    mime,
    lookForMessage: createLookForMessage({
      store,
      log,
      withSession: (accountId, work) => sync.withSession(accountId, work),
    }),
    onSent: item => afterSent({ store, changes }, item),
    taskAdded: accountId => sync.taskAdded(accountId),
    clock,
    random,
    log,
    notice: notice => emit('notice', notice),
  })
  return {
    builder: outgoingBuilder,
    protectedBuilder,
    lockMessage: (message, passphrase) => lockedMessage(message, passphrase, random),
    offers,
    outbox,
    post: createPost({ ...base, mime, reading, protection, protectedBuilder, outbox }),
  }
}
