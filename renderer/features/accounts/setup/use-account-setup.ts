import { useRef, useState } from 'react'
import type {
  AccountSummary,
  ConnectionSecurity,
  ConnectionTestReport,
  DiscoveredServer,
  DiscoveryReport,
  LookUpPlaces,
} from '../../../../shared/features/accounts/model'
import type { Failure } from '../../../../shared/kit/result'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import {
  emptyServers,
  formOf,
  isAddress,
  mailOf,
  type Protocol,
  type ServersForm,
} from '../servers/server-form'

export type Provider = 'any' | 'mailbox.org'

/** How far the set-up is: asking who, looking for servers, showing them, testing them. */
export type SetupStep = 'person' | 'looking' | 'servers' | 'testing'

/** mailbox.org serves own domains too: its preset holds whatever the domain is, and nobody is asked. */
const lookUpAddress = (provider: Provider, address: string): string =>
  provider === 'any' || /@(secure\.)?mailbox\.org$/i.test(address)
    ? address
    : `${address.slice(0, address.lastIndexOf('@'))}@mailbox.org`

/** The course of setting up an account. The password lives here only until it was used. */
export function useAccountSetup(provider: Provider, onDone: (account: AccountSummary) => void) {
  const host = useHost()
  const [step, setStep] = useState<SetupStep>('person')
  const [address, writeAddress] = useState('')
  const [unasked, setUnasked] = useState<LookUpPlaces | null>(null)
  const [displayName, setDisplayName] = useState('')
  const [password, setPassword] = useState('')
  const [discovery, setDiscovery] = useState<DiscoveryReport | null>(null)
  const [chosen, setChosen] = useState<Readonly<{ imap?: DiscoveredServer; smtp?: DiscoveredServer }>>({})
  const [byHand, setByHand] = useState<ServersForm | null>(null)
  const [report, setReport] = useState<ConnectionTestReport | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const usesTor = useLiveQuery('net.status', {}).data?.accounts.some(({ way }) => way === 'tor') === true
  const [choice, choose] = useState<boolean | null>(null)
  // What was said holds for this domain by this way only.
  const setAddress = (text: string) => {
    writeAddress(text)
    setUnasked(null)
  }
  const setOverTor = (on: boolean) => {
    choose(on)
    setUnasked(null)
  }
  const overTor = choice ?? usesTor
  // Nothing said: main takes the strictest way in use. Seen although others are hidden: main asks.
  const way = overTor ? { overTor } : usesTor ? { overTor: false } : {}
  // An answer to a question that was left meanwhile is not shown.
  const question = useRef(0)

  const servers: ServersForm | null =
    byHand ??
    (chosen.imap === undefined || chosen.smtp === undefined
      ? null
      : {
          userName: provider === 'mailbox.org' ? address.trim() : chosen.imap.userName,
          imap: formOf(chosen.imap.endpoint),
          smtp: formOf(chosen.smtp.endpoint),
        })
  const mail = servers === null || !isAddress(address) ? null : mailOf(servers, null)

  /** Looks only here at first; others are asked after a person has read whom, and pressed the button that says so. */
  const discover = async (asks: 'nobody' | 'those named') => {
    if (!isAddress(address)) return
    question.current += 1
    const asked = question.current
    setFailure(null)
    setStep(asks === 'nobody' ? 'person' : 'looking')
    const result = await host.call('accounts.discover', {
      address: lookUpAddress(provider, address.trim()),
      localOnly: asks === 'nobody',
      ...way,
    })
    if (asked !== question.current) return
    if (!result.ok) {
      setFailure(result.error)
      setStep('person')
      return
    }
    const found = result.value
    setUnasked(found.unasked)
    if (found.unasked !== null) {
      setStep('person')
      return
    }
    const [imap] = found.imap
    const [smtp] = found.smtp
    setDiscovery(found)
    setChosen({ ...(imap === undefined ? {} : { imap }), ...(smtp === undefined ? {} : { smtp }) })
    const empty = emptyServers(address.trim())
    setByHand(
      imap !== undefined && smtp !== undefined
        ? null
        : {
            ...empty,
            imap: imap === undefined ? empty.imap : formOf(imap.endpoint),
            smtp: smtp === undefined ? empty.smtp : formOf(smtp.endpoint),
          },
    )
    setStep('servers')
  }
  const skipDiscovery = () => {
    setDiscovery(null)
    setUnasked(null)
    setByHand(emptyServers(address.trim()))
    setStep('servers')
  }
  const testAndAdd = async (given: ServersForm | null = servers) => {
    const mail = given === null || !isAddress(address) ? null : mailOf(given, null)
    if (mail === null || password === '') return
    question.current += 1
    const asked = question.current
    setFailure(null)
    setReport(null)
    setStep('testing')
    const tested = await host.call('accounts.test', { mail, password, accountId: null, ...way })
    if (asked !== question.current) return
    setStep('servers')
    if (!tested.ok) {
      setFailure(tested.error)
      return
    }
    setReport(tested.value)
    if (!tested.value.ok) return
    const added = await host.call('accounts.add', {
      config: { address: address.trim(), displayName: displayName.trim(), services: { mail } },
      password,
      ...(overTor ? { route: { kind: 'tor' } } : usesTor ? { route: { kind: 'direct' } } : {}),
    })
    setPassword('')
    if (added.ok) onDone(added.value)
    else setFailure(added.error)
  }
  /** On the same port: it is what a test found there. */
  const changeSecurity = (protocol: Protocol, security: ConnectionSecurity) => {
    if (servers === null) return
    const changed = { ...servers, [protocol]: { ...servers[protocol], security } }
    setByHand(changed)
    void testAndAdd(changed)
  }
  const back = () => {
    question.current += 1
    setPassword('')
    setReport(null)
    setFailure(null)
    setStep('person')
  }
  return {
    ...{ step, unasked, address, setAddress, displayName, setDisplayName, password, setPassword },
    ...{
      discovery,
      chosen,
      setChosen,
      servers,
      byHand,
      setByHand,
      mail,
      report,
      failure,
      overTor,
      setOverTor,
    },
    ...{ discover, skipDiscovery, testAndAdd, changeSecurity, back },
  }
}
export type AccountSetupState = ReturnType<typeof useAccountSetup>
