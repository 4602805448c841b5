import type {
  ConnectionTestReport,
  DiscoveryReport,
  MailService,
} from '../../../../shared/features/accounts/model'
import type { AccountId } from '../../../../shared/kit/ids'
import type { WayForSetUp } from '../net/gate'

/** What use cases need to find and try servers. */
export type AccountSetup = {
  /** `publicOnly`: never into the network around this machine. `localOnly`: nobody is asked, only what is known here. */
  discover(input: {
    address: string
    way: WayForSetUp
    publicOnly: boolean
    localOnly: boolean
  }): Promise<DiscoveryReport>
  /** `accountId`: an account that exists is tried by its own route, unless `way` says another. */
  test(input: {
    mail: MailService
    password: string | null
    accountId: AccountId | null
    way: WayForSetUp
    publicOnly: boolean
  }): Promise<ConnectionTestReport>
}
