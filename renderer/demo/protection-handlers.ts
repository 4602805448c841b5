import type { ProtectionPlan, RecipientKeyState } from '../../shared/features/writing/protection'
import { SiegelError } from '../../shared/kit/result'
import type { FakeWorld } from './fake-world'
import type { Handlers } from './handlers'

/** In the demo, people at a `.example` domain that begins with m have keys, and those at `changed.example` new ones. */
function keyStateOf(address: string): RecipientKeyState {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const state = domain === 'changed.example' ? 'decide' : domain.startsWith('m') ? 'ready' : 'missing'
  return {
    address: address.toLowerCase(),
    state,
    fingerprint: null,
    trust: state === 'ready' ? 'some' : 'none',
    problems: [],
    conflict: null,
    prefersEncryption: null,
  }
}

export function protectionHandlers(world: FakeWorld): Handlers<'keys.plan'> {
  return {
    'keys.plan': ({ draftId }): ProtectionPlan => {
      const draft = world.drafts.get(draftId)
      if (draft === undefined) throw new SiegelError('not-found', { what: 'message' })
      const { to, cc, bcc, protection } = draft.content
      const recipients = [...to, ...cc, ...bcc].map(({ address }) => keyStateOf(address))
      const ready = recipients.filter(({ state }) => state === 'ready').length
      const isWanted = protection.encrypt !== 'off' && recipients.length > 0
      const encrypts = !isWanted
        ? 'no'
        : ready === recipients.length
          ? 'yes'
          : ready > 0 || protection.encrypt === 'on'
            ? 'stop'
            : 'no'
      return {
        recipients,
        undecided: [],
        encrypts,
        signs: encrypts === 'yes' || protection.sign === 'on',
        reason: encrypts === 'yes' ? 'all-reachable' : 'not-all-reachable',
        hidesSubject: encrypts === 'yes',
      }
    },
  }
}
