import { Users } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { AccountsPage } from './accounts-page'

export const accounts: Feature = {
  id: 'accounts',
  settings: [{ id: 'accounts', icon: Users, label: t => t('settings:section.accounts'), Page: AccountsPage }],
}
