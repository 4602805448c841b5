import type { CertificateProblem } from '../../../../shared/features/accounts/model'
import type { RefusedCertificates } from '../../ports/net/gate'

/** The user decides about one at a time; what is older is met again when it is dialled again. */
const KEPT = 50

/** Remembers refused certificates of this run, the newest first. */
export function createRefusedCertificates(): RefusedCertificates {
  const kept: CertificateProblem[] = []
  return {
    note(problem) {
      kept.unshift(problem)
      kept.length = Math.min(kept.length, KEPT)
    },
    find: (host, port, fingerprint256) =>
      kept.find(each => each.host === host && each.port === port && each.fingerprint256 === fingerprint256) ??
      null,
  }
}
