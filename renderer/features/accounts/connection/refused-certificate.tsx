import type { Failure } from '../../../../shared/kit/result'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { CertificatePanel } from './certificate-panel'

/** The certificate that a failure is about, as it was seen, with the choice to trust it. */
export function RefusedCertificate({
  failure,
  onPinned,
}: Readonly<{ failure: Failure; onPinned: () => void }>) {
  const { host, port, fingerprint256 } = failure.params
  const problem = useLiveQuery('certificates.refused', {
    host: String(host ?? ''),
    port: Number(port ?? 0),
    fingerprint256: String(fingerprint256 ?? ''),
  }).data
  return problem == null ? null : <CertificatePanel problem={problem} onPinned={onPinned} />
}
