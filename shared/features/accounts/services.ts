import type { ConnectionPurpose } from '../../kit/status'
import {
  type AccountServices,
  type AccountSummary,
  type DavService,
  davUrlForm,
  type MailService,
  type ServerEndpoint,
  type ServiceKind,
  serviceKind,
  type XmppService,
} from './model'

type Account = Readonly<Pick<AccountSummary, 'config'>>

/** How mail of an account is fetched and sent, or null where it has no mail server, or there is no such account. */
export const mailServiceOf = (account: Account | null | undefined): MailService | null =>
  account?.config.services.mail ?? null

/** Whether an account has mail on a server. */
export const hasMailServer = (account: Account | null | undefined): boolean => mailServiceOf(account) !== null

/** Where calendars and contacts of an account are, or null where it has none on a server, or there is no such account. */
export const davServiceOf = (account: Account | null | undefined): DavService | null =>
  account?.config.services.dav ?? null

/** Where an account chats, or null where it does not, or there is no such account. */
export const xmppServiceOf = (account: Account | null | undefined): XmppService | null =>
  account?.config.services.xmpp ?? null

/** What an account has, mail first. */
export const servicesOf = ({ config }: Account): readonly ServiceKind[] =>
  serviceKind.options.filter(kind => config.services[kind] !== undefined)

/** Whether an account has this service and it is switched off: everything of it is kept, and nothing is dialled for it. */
export const isSwitchedOff = (account: Account | null | undefined, kind: ServiceKind): boolean =>
  account?.config.services[kind]?.isOff === true

/** Whether an account has this service and it may be dialled for. */
export const isServiceOn = (account: Account | null | undefined, kind: ServiceKind): boolean =>
  account?.config.services[kind] !== undefined && !isSwitchedOff(account, kind)

/** The services of an account with this one switched; those it does not have stay absent. */
export function withServiceSwitched(
  services: AccountServices,
  kind: ServiceKind,
  isOff: boolean,
): AccountServices {
  const service = services[kind]
  if (service === undefined) return services
  const { isOff: _before, ...on } = service
  return { ...services, [kind]: isOff ? { ...on, isOff: true } : on }
}

/** Whether an account lives on this machine only: nothing is ever dialled for it. */
export const isLocal = (account: Account): boolean => servicesOf(account).length === 0

/** The domain of a Jabber address, which its certificate must be for. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** One server of a service, and what it is contacted for. */
type ServicePlace = Readonly<{ purpose: ConnectionPurpose; server: ServerEndpoint }>

/** What the rest of the program has to know of each kind of service. */
type ServiceFacts<Kind extends ServiceKind> = Readonly<{
  purposes: readonly ConnectionPurpose[]
  places: (service: NonNullable<AccountServices[Kind]>) => readonly ServicePlace[]
}>

const facts: { readonly [Kind in ServiceKind]: ServiceFacts<Kind> } = {
  mail: {
    purposes: ['imap', 'smtp'],
    places: ({ imap, smtp }) => [
      { purpose: 'imap', server: imap },
      { purpose: 'smtp', server: smtp },
    ],
  },
  dav: {
    purposes: ['dav'],
    places: ({ url }) => {
      const [, host = '', port = '443'] = davUrlForm.exec(url) ?? []
      const server = { host: host.replace(/^\[|\]$/g, ''), port: Number(port), security: 'tls' as const }
      return [{ purpose: 'dav', server }]
    },
  },
  xmpp: {
    purposes: ['xmpp'],
    places: ({ userName, server }) => [
      {
        purpose: 'xmpp',
        // Without one the domain speaks for itself; where it leads elsewhere, that is asked when it is dialled.
        server: server ?? { host: domainOf(userName), port: 5222, security: 'starttls' },
      },
    ],
  },
}

/** Every server of one service; none where the account does not have it. */
export function placesOf<Kind extends ServiceKind>({ config }: Account, kind: Kind): readonly ServicePlace[] {
  const service: AccountServices[Kind] = config.services[kind]
  return service === undefined ? [] : facts[kind].places(service)
}

/** The host names of one service, each once. */
export const hostsOf = (account: Account, kind: ServiceKind): readonly string[] => [
  ...new Set(placesOf(account, kind).map(({ server }) => server.host)),
]

/** The service whose own connections have this purpose; null for look-ups and what a stranger named. */
export const serviceOfPurpose = (purpose: ConnectionPurpose): ServiceKind | null =>
  serviceKind.options.find(kind => facts[kind].purposes.includes(purpose)) ?? null
