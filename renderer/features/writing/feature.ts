import { PenLine } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { ComposeLayer } from './compose-layer'
import { WritingPage } from './writing-page'

export const writing: Feature = {
  id: 'writing',
  Front: ComposeLayer,
  settings: [{ id: 'writing', icon: PenLine, label: t => t('settings:section.writing'), Page: WritingPage }],
}
