import type { AppStatus } from '../../../shared/model/status'

export type OnboardingProps = Readonly<{
  status: AppStatus
  /** `profile`: nothing exists yet. `account`: the profile is open and has no account. */
  stage: 'profile' | 'account'
  /** Goes to the empty mail room without an account; null while that is not possible. */
  onLeave: (() => void) | null
}>

/** First start. */
export function Onboarding(_props: OnboardingProps) {
  return <main className="screen" />
}
