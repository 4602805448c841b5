import '../editor/editor.css'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readCalendarAddress } from '../../../../shared/features/calendar/subscriptions/address'
import type { Failure } from '../../../../shared/kit/result'
import { useHost } from '../../../host/host-context'
import { showToast } from '../../../state/toasts'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'
import { AskingFields } from './asking-fields'
import { FailureBanner } from './failure-banner'
import { directWay, routeOf, type TypedWay } from './way'

/** Asks for the address of a calendar. Stays open with what was typed where it gives none. */
export function SubscribeDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t } = useTranslation(['subscription', 'common'])
  const host = useHost()
  const formId = useId()
  const [url, setUrl] = useState('')
  const [name, setName] = useState('')
  const [minutes, setMinutes] = useState<number | null>(null)
  const [way, setWay] = useState<TypedWay>(directWay)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const route = routeOf(way)
  const subscribe = async (follows: readonly string[]) => {
    const read = readCalendarAddress(url)
    if ('refused' in read) {
      setRefused(t(`subscription:addressBad.${read.refused}`))
      return
    }
    if (isBusy || route === null) return
    setBusy(true)
    setFailure(null)
    const answer = await host.call('subscriptions.add', {
      ...{ url, follows: [...follows], colour: null, intervalMinutes: minutes, route, caPem: null },
      name: name.trim() === '' ? null : name.trim(),
    })
    setBusy(false)
    if (answer.ok) {
      onClose()
      if (answer.value.outcome === 'waits')
        showToast({ kind: 'notice', text: t('subscription:waits'), action: null })
    } else if (answer.error.code !== 'cancelled') setFailure(answer.error)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void subscribe([])
  }
  return (
    <Dialog
      isOpen
      size="medium"
      title={t('subscription:new')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={isBusy}
            isDisabled={url.trim() === '' || route === null}
          >
            {t('subscription:add')}
          </Button>
        </>
      }
    >
      <form id={formId} className="editor" onSubmit={submit}>
        <TextField
          label={t('subscription:address')}
          description={t('subscription:addressHint')}
          error={refused}
          placeholder="https://"
          value={url}
          onChange={text => {
            setUrl(text)
            setRefused(null)
            setFailure(null)
          }}
          autoFocus
          maxLength={4000}
          spellCheck="false"
          inputMode="url"
        />
        <TextField
          label={t('subscription:name')}
          description={t('subscription:nameHint')}
          value={name}
          onChange={setName}
          maxLength={200}
        />
        <AskingFields minutes={minutes} way={way} onMinutes={setMinutes} onWay={setWay} />
        {failure === null ? null : (
          <FailureBanner
            failure={failure}
            isBusy={isBusy}
            onFollow={place => void subscribe([place])}
            onTrusted={() => void subscribe([])}
          />
        )}
      </form>
    </Dialog>
  )
}
