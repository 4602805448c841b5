import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ImportField, importFields } from '../../../../shared/features/contacts/import'
import type { AddressBook, BookId } from '../../../../shared/features/contacts/model'
import { useHost } from '../../../host/host-context'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { endProgress, showToast } from '../../../state/toasts'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'
import { Select } from '../../../ui/fields/select'
import { withoutControls } from '../../../ui/fields/text-direction'
import { Dialog } from '../../../ui/overlays/dialog'
import { useBookName } from '../use-book-name'

/** The file that was chosen: its number with the engine, and its name. */
export type ChosenFile = Readonly<{ file: number; name: string }>

const leftOut = 'none'
const mostProblems = 50

type Mapping = readonly (ImportField | null)[]

/** What a file of contacts holds and what its columns become, before any of it is taken. */
export function ImportDialog({
  chosen,
  books,
  usual,
  onClose,
}: Readonly<{
  chosen: ChosenFile
  books: readonly AddressBook[]
  /** The book where none is chosen. */
  usual: BookId
  onClose: () => void
}>) {
  const { t } = useTranslation(['contacts', 'common'])
  const host = useHost()
  const words = useFailureWords()
  const nameOf = useBookName()
  const [bookId, setBookId] = useState(usual)
  /** Null: what the names of the columns say. */
  const [mapping, setMapping] = useState<Mapping | null>(null)
  const [isBusy, setBusy] = useState(false)
  const { file } = chosen
  const asked = mapping === null ? null : [...mapping]
  const { data: preview, failure } = useLiveQuery('contacts.previewFile', { file, mapping: asked })
  const columns = preview?.columns ?? []
  const fields = mapping ?? columns.map(({ field }) => field)
  const take = async () => {
    setBusy(true)
    const done = await runCommand(host, 'contacts.importFile', { file, bookId, mapping: asked })
    endProgress('import')
    setBusy(false)
    if (done === null) return
    const { added, merged, problemCount, undoId } = done
    const say = (text: string) => showToast({ kind: 'notice', text, action: null })
    if (undoId !== null) showToast({ kind: 'undo', what: 'contact-import', count: added + merged, undoId })
    else if (problemCount === 0) say(t('contacts:nothingNew'))
    if (problemCount > 0) say(t('contacts:notRead', { count: problemCount }))
    onClose()
  }
  return (
    <Dialog
      title={t('contacts:importing.title', { name: withoutControls(chosen.name) })}
      isOpen
      size="medium"
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button
            variant="primary"
            busy={isBusy}
            isDisabled={preview === undefined || preview.contacts === 0}
            onPress={() => void take()}
          >
            {t('contacts:importing.take', { count: preview?.contacts ?? 0 })}
          </Button>
        </>
      }
    >
      <div className="contact-form">
        {failure === null ? null : (
          <Banner tone="danger" title={words(failure).what}>
            {words(failure).why} {words(failure).fix}
          </Banner>
        )}
        {preview === undefined ? null : (
          <p role="status">
            {t('contacts:importing.found', {
              count: preview.contacts,
              format: t(`contacts:importing.format.${preview.format}`),
            })}
          </p>
        )}
        <Select<string>
          label={t('contacts:importing.into')}
          options={books
            .filter(({ readOnly }) => !readOnly)
            .map(book => ({ id: String(book.id), label: nameOf(book) }))}
          value={String(bookId)}
          onChange={id => setBookId(books.find(book => String(book.id) === id)?.id ?? usual)}
        />
        {columns.length === 0 ? null : (
          <table className="import-columns">
            <caption className="spoken">{t('contacts:importing.columns')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('contacts:importing.column')}</th>
                <th scope="col">{t('contacts:importing.sample')}</th>
                <th scope="col">{t('contacts:importing.becomes')}</th>
              </tr>
            </thead>
            <tbody>
              {columns.map((column, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; two can have one name.
                <tr key={at}>
                  <th scope="row">
                    <bdi>{withoutControls(column.name)}</bdi>
                  </th>
                  <td className="import-sample clip">
                    <bdi>{withoutControls(column.sample)}</bdi>
                  </td>
                  <td>
                    <Select<string>
                      label={t('contacts:importing.becomesOf', { name: column.name })}
                      hideLabel
                      options={[
                        { id: leftOut, label: t('contacts:importing.leftOut') },
                        ...importFields.map(id => ({
                          id: id as string,
                          label: fieldName(id as ImportField),
                        })),
                      ]}
                      value={fields[at] ?? leftOut}
                      onChange={id =>
                        setMapping(
                          fields.map((field, place) =>
                            place === at
                              ? ((importFields.find(each => each === id) as ImportField | undefined) ?? null)
                              : field,
                          ),
                        )
                      }
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {preview === undefined || preview.first.length === 0 ? null : (
          <section aria-labelledby="import-first">
            <h3 id="import-first" className="ui-label">
              {t('contacts:importing.first')}
            </h3>
            <ul className="import-first">
              {preview.first.map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two can have one name.
                <li key={at}>
                  <bdi>{withoutControls(name) || t('contacts:noName')}</bdi>
                </li>
              ))}
            </ul>
          </section>
        )}
        {preview === undefined || preview.problems.length === 0 ? null : (
          <section aria-labelledby="import-problems">
            <h3 id="import-problems" className="ui-label">
              {t('contacts:importing.problems', { count: preview.problems.length })}
            </h3>
            <ul className="import-first">
              {preview.problems.slice(0, mostProblems).map(({ line, reason }) => (
                <li key={`${String(line)} ${reason}`}>
                  {t('contacts:importing.problem', {
                    line,
                    reason: t(`contacts:importing.reason.${reason}`),
                  })}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  )

  /** `work:city` is a part of an address, `phone:home` a number. */
  function fieldName(field: ImportField): string {
    const [place, part] = field.split(':')
    if (place === 'home' || place === 'work' || place === 'other')
      return `${t(`contacts:types.${place === 'other' ? 'none' : place}`)}: ${t(`contacts:fields.address.${part as 'city'}`)}`
    if (place === 'phone' && part !== undefined)
      return `${t('contacts:fields.phones')}: ${t(`contacts:types.${part as 'home'}`)}`
    return t(`contacts:importing.field.${field as 'given'}`)
  }
}
