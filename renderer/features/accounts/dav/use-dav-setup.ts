import { useRef, useState } from 'react'
import { davAccountAddress, isMailboxOrg } from '../../../../shared/features/accounts/dav-places'
import { type AccountSummary, type DavService, davService } from '../../../../shared/features/accounts/model'
import type { CallOutput } from '../../../../shared/ipc/contract'
import type { Failure } from '../../../../shared/kit/result'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'

/** How far the set-up is: asking where, looking, showing what was found and asking for the password, signing in, choosing, adding. */
type DavStep = 'place' | 'looking' | 'server' | 'testing' | 'collections' | 'adding'

export type DavReport = CallOutput<'accounts.tryDav'>
export type DavPlaces = CallOutput<'accounts.findDav'>

/** The service that the fields describe; null while something is missing or not valid. */
export function davServiceIn(fields: { url: string; userName: string; caPem: string }): DavService | null {
  const url = fields.url.trim()
  const parsed = davService.safeParse({
    url: /^[a-z]+:/i.test(url) ? url : `https://${url}`,
    userName: fields.userName.trim(),
    caPem: fields.caPem.trim() === '' ? null : fields.caPem,
  })
  return parsed.success && fields.userName.trim() !== '' ? parsed.data : null
}

/** The course of adding calendars and contacts to an account, or as an account of their own (null). The password lives here only until it was used. */
export function useDavSetup(account: AccountSummary | null, onDone: () => void) {
  const host = useHost()
  const [step, setStep] = useState<DavStep>('place')
  const [place, setPlace] = useState(account?.config.address ?? '')
  const [found, setFound] = useState<DavPlaces | null>(null)
  const [url, setUrl] = useState('')
  const [userName, setUserName] = useState(account?.config.address ?? '')
  const [caPem, setCaPem] = useState('')
  const [password, setPassword] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [report, setReport] = useState<DavReport | null>(null)
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set())
  const [failure, setFailure] = useState<Failure | null>(null)
  const usesTor = useLiveQuery('net.status', {}).data?.accounts.some(({ way }) => way === 'tor') === true
  const [choice, setOverTor] = useState<boolean | null>(null)
  const overTor = choice ?? usesTor
  // Nothing said: main takes the strictest way in use.
  const way = overTor ? { overTor } : usesTor ? { overTor: false } : {}
  // An answer to a question that was left meanwhile is not shown.
  const question = useRef(0)
  const dav = davServiceIn({ url, userName, caPem })

  const find = async () => {
    const asked = ++question.current
    setFailure(null)
    setStep('looking')
    const text = place.trim()
    const result = await host.call('accounts.findDav', {
      place:
        text.includes('@') && !/^https?:/i.test(text)
          ? text
          : /^https?:/i.test(text)
            ? text
            : `https://${text}`,
      ...way,
    })
    if (asked !== question.current) return
    if (!result.ok) {
      setFailure(result.error)
      setStep('place')
      return
    }
    setFound(result.value)
    setUrl(result.value.places[0]?.url ?? '')
    if (userName === '' && text.includes('@') && !/^https?:/i.test(text)) setUserName(text)
    setStep('server')
  }
  const test = async () => {
    if (dav === null || password === '') return
    const asked = ++question.current
    setFailure(null)
    setStep('testing')
    const result = await host.call('accounts.tryDav', { dav, password, ...way })
    if (asked !== question.current) return
    if (!result.ok) {
      if (result.error.code !== 'cancelled') setFailure(result.error)
      setStep('server')
      return
    }
    setReport(result.value)
    setStep('collections')
  }
  const add = async () => {
    if (dav === null) return
    setFailure(null)
    setStep('adding')
    const chosen = leftOut.size === 0 ? dav : { ...dav, leftOut: [...leftOut] }
    const route = overTor
      ? { route: { kind: 'tor' as const } }
      : usesTor
        ? { route: { kind: 'direct' as const } }
        : {}
    const result =
      account === null
        ? await host.call('accounts.add', {
            config: {
              address: davAccountAddress(dav.userName, dav.url),
              displayName: displayName.trim(),
              services: { dav: chosen },
            },
            password,
            ...route,
          })
        : await host.call('accounts.addDav', { accountId: account.id, dav: chosen, password, ...route })
    if (result.ok) {
      setPassword('')
      onDone()
      return
    }
    if (result.error.code !== 'cancelled') setFailure(result.error)
    setStep('collections')
  }
  const back = () => {
    question.current += 1
    setFailure(null)
    setStep(step === 'collections' ? 'server' : 'place')
    if (step !== 'collections') setPassword('')
  }
  return {
    ...{ account, step, place, setPlace, found, url, setUrl, userName, setUserName, caPem, setCaPem },
    ...{ password, setPassword, displayName, setDisplayName, report, leftOut, setLeftOut, failure },
    ...{ overTor, setOverTor, dav, find, test, add, back, isMailboxOrg: isMailboxOrg(url) },
  }
}
export type DavSetupState = ReturnType<typeof useDavSetup>
