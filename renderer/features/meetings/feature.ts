import { Video } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { JoinMeeting } from './join-meeting'
import { MailMeeting } from './mail-meeting'
import { MeetDialog } from './meet-dialog'
import { MeetingsPage } from './settings-page'
import { SoonBanner } from './soon-banner'
import { words } from './words/words'

export const meetings: Feature<typeof words.en> = {
  id: 'meetings',
  words,
  settings: [{ id: 'meetings', icon: Video, label: t => t('meetings:settings'), Page: MeetingsPage }],
  OverMessage: MailMeeting,
  Banner: SoonBanner,
  MeetDialog,
  JoinMeeting,
}
