import type { ParamsOf } from '../../kit/error-facts'
import type { Failure } from '../../kit/result'
import { type CertificateProblem, certificateProblem } from '../accounts/model'

type CertificateCode = 'certificate-refused' | 'certificate-changed'

/** The params of `certificate-refused` and `certificate-changed`: the whole problem, flat, so that it survives every door. */
export function certificateParams(problem: CertificateProblem): ParamsOf<CertificateCode> {
  return { ...problem, names: problem.names.join('\n').slice(0, 2000) }
}

/** The certificate a failure speaks of, or null when it is another kind of failure. */
export function certificateProblemOf(failure: Pick<Failure, 'code' | 'params'>): CertificateProblem | null {
  if (failure.code !== 'certificate-refused' && failure.code !== 'certificate-changed') return null
  const names = String(failure.params['names'] ?? '')
  const parsed = certificateProblem.safeParse({
    ...failure.params,
    names: names === '' ? [] : names.split('\n'),
  })
  return parsed.success ? parsed.data : null
}
