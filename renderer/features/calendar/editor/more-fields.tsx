import { Video } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/actions/icon-button'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'
import { useMeetings } from '../../../ui/layout/feature'
import { type EventForm, privacies, waysShown } from './form'

/** What is said of few events: a link, categories, who may see it and whether it blocks the time. */
export function MoreFields({
  form,
  onChange,
}: Readonly<{ form: EventForm; onChange: (form: EventForm) => void }>) {
  const { t } = useTranslation('calendar')
  const { MeetDialog } = useMeetings()
  const [isMeeting, setMeeting] = useState(false)
  const put = (conference: string): boolean => {
    onChange({ ...form, conference })
    return true
  }
  return (
    <>
      <div className="editor-pair">
        <Select
          label={t('editor.shownAs')}
          value={form.shownAs}
          onChange={shownAs => onChange({ ...form, shownAs })}
          options={waysShown.map(id => ({ id, label: t(`editor.shownHow.${id}`) }))}
        />
        <Select
          label={t('editor.privacy')}
          value={form.privacy}
          onChange={privacy => onChange({ ...form, privacy })}
          options={privacies.map(id => ({ id, label: t(`editor.privacies.${id}`) }))}
        />
      </div>
      <div className="editor-with-button">
        <TextField
          label={t('editor.conference')}
          value={form.conference}
          maxLength={5000}
          inputMode="url"
          spellCheck="false"
          onChange={conference => onChange({ ...form, conference })}
        />
        {MeetDialog === undefined ? null : (
          <IconButton label={t('editor.meet')} icon={Video} onPress={() => setMeeting(true)} />
        )}
      </div>
      {MeetDialog !== undefined && isMeeting ? (
        <MeetDialog into="event" onLink={put} onClose={() => setMeeting(false)} />
      ) : null}
      <TextField
        label={t('editor.attachments')}
        description={t('editor.attachmentsHint')}
        rows={2}
        value={form.attachments}
        maxLength={50_000}
        spellCheck="false"
        onChange={attachments => onChange({ ...form, attachments })}
      />
      <div className="editor-pair">
        <TextField
          label={t('editor.link')}
          value={form.url}
          maxLength={5000}
          onChange={url => onChange({ ...form, url })}
        />
        <TextField
          label={t('editor.categories')}
          value={form.categories}
          maxLength={5000}
          onChange={categories => onChange({ ...form, categories })}
        />
      </div>
    </>
  )
}
