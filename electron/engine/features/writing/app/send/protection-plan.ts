import type { KeyProblem } from '../../../../../../shared/features/keys/model'
import type {
  DraftProtection,
  OpenpgpSettings,
  ProtectionPlan,
  RecipientKeyState,
} from '../../../../../../shared/features/writing/protection'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { isEncryptedOriginal } from '../answer/original-protection'
import { requireDraft } from '../draft/require-draft'
import { ownKeyOf, recipientKeys } from './recipient-keys'
import { type Addressed, undecidedRecipients } from './undecided-recipients'

/** Everything that decides how a draft goes out. */
export type PlanFacts = Readonly<{
  choice: DraftProtection
  policy: OpenpgpSettings['policy']
  signAlways: boolean
  repliesToEncrypted: boolean
  /** The account's own key: whether it can be used, and now. Null: it has none. */
  own: Readonly<{ problems: readonly KeyProblem[]; canSign: boolean; unlocked: boolean }> | null
  recipients: readonly RecipientKeyState[]
  /** `undecidedRecipients` of the draft. */
  undecided: readonly string[]
}>

type Answer = Pick<ProtectionPlan, 'encrypts' | 'reason'>

/**
 * What sending would do, and why. Encrypts to everybody or to nobody; where something that could be encrypted, or was asked
 * to be, cannot be, it stops for a decision instead of going out weaker.
 */
export function planProtection(facts: PlanFacts): Omit<ProtectionPlan, 'recipients' | 'undecided'> {
  const { encrypts, reason } = encryption(facts)
  const { choice, signAlways, own } = facts
  const signs =
    choice.sign === 'on' || (choice.sign === 'auto' && own !== null && (signAlways || encrypts === 'yes'))
  const stop = encrypts === 'stop' ? null : signs ? signingStops(own) : null
  const answer = stop === null ? { encrypts, reason } : { encrypts: 'stop' as const, reason: stop }
  return { ...answer, signs, hidesSubject: answer.encrypts === 'yes' }
}

function signingStops(own: PlanFacts['own']): ProtectionPlan['reason'] | null {
  if (own === null) return 'no-own-key'
  if (!own.canSign || own.problems.length > 0) return 'own-key-unusable'
  return own.unlocked ? null : 'own-key-locked'
}

function encryption(facts: PlanFacts): Answer {
  const { choice, policy, recipients, own, repliesToEncrypted, undecided } = facts
  // Whatever was chosen about encryption: to a stranger's key the same words go out, only sealed.
  if (undecided.length > 0) return { encrypts: 'stop', reason: 'unprotected-address' }
  if (choice.encrypt === 'off') return { encrypts: 'no', reason: 'chosen' }
  if (recipients.length === 0) return { encrypts: 'no', reason: 'nobody-addressed' }
  if (repliesToEncrypted) return demanded(facts, 'reply-to-encrypted')
  if (choice.encrypt === 'on') return demanded(facts, 'chosen')
  if (policy === 'always') return demanded(facts, 'policy')
  if (policy === 'never' || policy === 'when-replying') return { encrypts: 'no', reason: 'policy' }
  if (own === null) return { encrypts: 'no', reason: 'no-own-key' }

  // Of itself: what cannot reach anybody goes in clear and says so; what could reach some asks.
  if (recipients.some(({ conflict }) => conflict !== null)) return { encrypts: 'stop', reason: 'key-changed' }
  const ready = recipients.filter(({ state }) => state === 'ready').length
  if (ready === 0) return { encrypts: 'no', reason: 'not-all-reachable' }
  if (ready < recipients.length) return { encrypts: 'stop', reason: 'not-all-reachable' }
  if (own.problems.length > 0) return { encrypts: 'stop', reason: 'own-key-unusable' }
  return { encrypts: policy === 'ask' ? 'stop' : 'yes', reason: 'all-reachable' }
}

/** Encryption is wanted: it happens, or nothing does before somebody decides. */
function demanded({ own, recipients }: PlanFacts, reason: ProtectionPlan['reason']): Answer {
  if (own === null) return { encrypts: 'stop', reason: 'no-own-key' }
  if (own.problems.length > 0) return { encrypts: 'stop', reason: 'own-key-unusable' }
  if (recipients.some(({ conflict }) => conflict !== null)) return { encrypts: 'stop', reason: 'key-changed' }
  if (recipients.some(({ state }) => state !== 'ready'))
    return { encrypts: 'stop', reason: 'not-all-reachable' }
  return { encrypts: 'yes', reason }
}

/** The plan of a draft as it is stored now. */
export async function planFor(
  context: Needs<'protection' | 'reading' | 'vault', 'accounts' | 'messages' | 'openpgp'>,
  draft: Addressed,
): Promise<ProtectionPlan> {
  const { content, relation } = draft
  const settings = context.store.openpgp.settings(content.accountId)
  const key = ownKeyOf(context, content.accountId)
  const unlocked = key === null ? [] : await context.vault.unlocked()
  const recipients = recipientKeys(context, [...content.to, ...content.cc, ...content.bcc]).map(
    ({ state }) => state,
  )
  const undecided = undecidedRecipients(draft)
  const plan = planProtection({
    undecided,
    choice: content.protection,
    policy: settings.policy,
    signAlways: settings.signAlways,
    repliesToEncrypted:
      relation?.messageId != null && (await isEncryptedOriginal(context, relation.messageId)),
    own:
      key === null
        ? null
        : {
            problems: key.facts.problems,
            canSign: key.facts.canSign,
            unlocked: unlocked.includes(key.facts.fingerprint),
          },
    recipients,
  })
  return { ...plan, recipients, undecided: [...undecided] }
}

export function protectionPlanUseCases(
  context: Needs<'protection' | 'reading' | 'vault', 'accounts' | 'drafts' | 'messages' | 'openpgp'>,
): Pick<UseCases, 'keys.plan'> {
  return { 'keys.plan': ({ draftId }) => planFor(context, requireDraft(context, draftId)) }
}
