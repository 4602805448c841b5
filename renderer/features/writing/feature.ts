import { PenLine } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { ComposeLayer } from './compose-layer'
import { words } from './words/words'
import { WritingPage } from './writing-page'

export const writing: Feature<typeof words.en> = {
  id: 'writing',
  words,
  Front: ComposeLayer,
  settings: [{ id: 'writing', icon: PenLine, label: t => t('settings:section.writing'), Page: WritingPage }],
}
