import { hostsOf } from '../../../shared/features/accounts/services'
import type { AccountRoute, NetStatus, TorSettingsChange } from '../../../shared/features/network/model'
import type { CallInput, CallOutput, EngineCallName } from '../../../shared/ipc/contract'
import { asError, SiegelError } from '../../../shared/kit/result'
import type { CallEngine, MainHandlers } from '../answer-call'

/** What becomes visible with a change of the way out; asked about in a window of main's own. */
export type RouteQuestion =
  /** An account leaves Tor or its proxy; `hosts` will see the address of this machine. */
  | Readonly<{ kind: 'account'; address: string; to: AccountRoute['kind']; hosts: readonly string[] }>
  /** The switch for everything is turned off; these accounts go another way then. */
  | Readonly<{ kind: 'everything'; addresses: readonly string[] }>
  /** Another program is to be trusted as Tor. */
  | Readonly<{ kind: 'tor'; program: string | null; place: string | null }>
  /** Bridges are taken away, so the network sees that Tor is used, or others are trusted as bridges or as last relay. */
  | Readonly<{ kind: 'tor-places'; lines: readonly string[] }>

/** True only when the user said yes. */
export type ConfirmRoute = (question: RouteQuestion) => Promise<boolean>

type NetworkCalls = Pick<MainHandlers, 'accounts.setRoute' | 'tor.configure'>

/** Changes of the way out. What makes more visible is asked first; what hides more is done at once. */
export const networkHandlers = ({
  confirm,
  callEngine,
}: {
  confirm: ConfirmRoute
  callEngine: CallEngine
}): NetworkCalls => {
  const ask = async <N extends EngineCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const result = await callEngine(name, input)
    if (result.ok) return result.value
    throw asError(result.error)
  }

  return {
    async 'accounts.setRoute'({ accountId, service, route }) {
      const account = (await ask('accounts.list', {})).find(({ id }) => id === accountId)
      const now = (await ask('net.status', {})).accounts.find(
        each => each.accountId === accountId && each.service === service,
      )
      if (!account || !now) throw new SiegelError('not-found', { what: 'account' })
      const { address } = account.config
      const hosts = hostsOf(account, service)
      // A proxy sees which servers are contacted, also where nothing was hidden before.
      const isWeaker = route.kind !== 'tor' && (route.kind === 'socks5' || now.route.kind !== 'direct')
      if (isWeaker && !(await confirm({ kind: 'account', address, to: route.kind, hosts })))
        return { changed: false }
      await ask('net.setRoute', { accountId, service, route })
      return { changed: true }
    },

    async 'tor.configure'({ change }) {
      const before = await ask('net.status', {})
      for (const question of questionsOf(before, change))
        if (!(await confirm(question))) return { changed: false }
      await ask('tor.set', change)
      return { changed: true }
    },
  }
}

function questionsOf({ settings, accounts }: NetStatus, change: TorSettingsChange): RouteQuestion[] {
  const questions: RouteQuestion[] = []
  const exposed = accounts.filter(account => account.route.kind !== 'tor').map(account => account.address)
  if (settings.forEverything && change.forEverything === false)
    questions.push({ kind: 'everything', addresses: exposed })
  const program = change.program ?? null
  const place = change.address ? `${change.address.host}:${change.address.port}` : null
  const isOtherProgram = program !== null && program !== settings.program
  const isOtherPlace = place !== null && JSON.stringify(change.address) !== JSON.stringify(settings.address)
  if (isOtherProgram || isOtherPlace) questions.push({ kind: 'tor', program, place })
  const bridges = change.bridges ?? settings.bridges
  const exits = change.exits ?? settings.exits
  const others = [
    ...settings.bridges.filter(line => !bridges.includes(line)).map(line => `- ${line}`),
    ...bridges.filter(line => !settings.bridges.includes(line)).map(line => `+ ${line}`),
    ...exits
      .filter(exit => !settings.exits.some(each => JSON.stringify(each) === JSON.stringify(exit)))
      .map(({ host, fingerprint }) => `+ ${host} ${fingerprint}`),
  ]
  if (others.length > 0) questions.push({ kind: 'tor-places', lines: others })
  return questions
}
