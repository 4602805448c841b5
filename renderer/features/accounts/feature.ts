import { Users } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { AccountsPage } from './accounts-page'
import { words } from './words/words'

export const accounts: Feature<typeof words.en> = {
  id: 'accounts',
  words,
  settings: [{ id: 'accounts', icon: Users, label: t => t('settings:section.accounts'), Page: AccountsPage }],
}
