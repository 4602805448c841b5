import type { MessageDetail } from '../../../../../../../shared/features/mail/model'
import type { CleanHtml } from '../../../../../ports/mail/mime'

/** What the reader is told of a body whose design was cut; nothing where there is none, or it is whole. */
export const designWarning = (html: Pick<CleanHtml, 'isDesignCut'> | null): MessageDetail['warnings'] =>
  html?.isDesignCut === true ? [{ code: 'design-cut', detail: '' }] : []
