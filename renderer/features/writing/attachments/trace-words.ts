import type { TFunction } from 'i18next'
import type { DraftAttachment } from '../../../../shared/features/writing/model'

/** What a file tells beyond what it shows, in a line, and why that matters where there is something to say. */
export type TraceWords = Readonly<{ tone: 'good' | 'notice'; text: string; more: string | null }>

/** Null where there is nothing to say. */
export function traceWords(
  t: TFunction<'compose'>,
  { traces, keepsTraces }: Pick<DraftAttachment, 'traces' | 'keepsTraces'>,
  byteSize: (bytes: number) => string,
): TraceWords | null {
  const { kind, removableBytes, location } = traces
  if (kind === 'opaque')
    return { tone: 'notice', text: t('attachments.opaque'), more: t('attachments.opaqueText') }
  if (kind === 'document')
    return { tone: 'notice', text: t('attachments.document'), more: t('attachments.documentText') }
  if (kind === 'none' || removableBytes === 0) return null
  if (keepsTraces)
    return { tone: 'notice', text: t(location ? 'attachments.keptPlace' : 'attachments.kept'), more: null }
  const size = byteSize(removableBytes)
  return {
    tone: 'good',
    text: t(location ? 'attachments.removedPlace' : 'attachments.removed', { size }),
    more: null,
  }
}
