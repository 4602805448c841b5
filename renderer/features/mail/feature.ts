import { BookOpen, Mail } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { MailRoom } from './mail-room'
import { ReadingPage } from './settings/reading-page'
import { forgetMail, lookUp, showMessage } from './state'
import { words } from './words/words'

export const mail: Feature<typeof words.en> = {
  id: 'mail',
  words,
  forget: forgetMail,
  lookUp,
  showMessage,
  room: { id: 'mail', icon: Mail, label: t => t('app:rail.mail'), View: MailRoom },
  settings: [{ id: 'reading', icon: BookOpen, label: t => t('settings:section.reading'), Page: ReadingPage }],
}
