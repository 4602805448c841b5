import { Image, ImageOff, ShieldCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { BodyFit } from '../../../../../shared/features/mail/body-fit'
import type { MessageDetail, RemoteChoice } from '../../../../../shared/features/mail/model'
import { Button } from '../../../../ui/actions/button'
import { Icon } from '../../../../ui/actions/icon'
import { Menu, type MenuEntry } from '../../../../ui/actions/menu'
import type { RemoteImages } from './html/use-remote-images'

type ContentFacts = Pick<MessageDetail, 'blockedRemoteCount' | 'trackerCount' | 'remote'>

/** Entries of one menu; what comes behind them stands in a menu of its own, named by how many they are. */
const entriesAPage = 10

function inPages(
  all: readonly MenuEntry[],
  more: (count: number) => string,
  end: string | null,
): readonly MenuEntry[] {
  const last: readonly MenuEntry[] =
    end === null ? [] : [{ id: 'unlisted', label: end, isDisabled: true, run: () => undefined }]
  if (all.length <= entriesAPage) return [...all, ...last]
  const rest = all.slice(entriesAPage)
  return [
    ...all.slice(0, entriesAPage),
    { id: `more ${rest.length}`, label: more(rest.length), entries: inPages(rest, more, end) },
  ]
}

/** The choice between now and always; where always is not possible, it says why. */
function LoadImages({ remote, images }: Readonly<{ remote: RemoteChoice; images: RemoteImages }>) {
  const { t } = useTranslation('mail')
  const { always, sender } = remote
  const isDecrypted = always === 'decrypted'
  const now = isDecrypted ? 'once-decrypted' : 'once'
  const once: MenuEntry = {
    id: 'once',
    label: t(isDecrypted ? 'reader.remote.onceDecrypted' : 'reader.remote.once'),
    run: () => images.load(now),
  }
  const ever: MenuEntry =
    always === 'offered' || always === 'allowed'
      ? {
          id: 'always',
          label: t('reader.remote.always', { sender: sender ?? '' }),
          isChecked: always === 'allowed',
          run: () => images.load('sender'),
        }
      : {
          id: 'always',
          label: t(`reader.remote.notAlways.${always}`),
          isDisabled: true,
          run: () => undefined,
        }
  const doubtful: readonly MenuEntry[] = remote.doubtful.map(({ index, host: place, name }) => ({
    id: `doubtful ${index}`,
    label: name === '' ? place : `${place} … ${name}`,
    run: () => images.load(now, index),
  }))
  const unlisted = remote.doubtfulCount - doubtful.length
  const more = (count: number): string => t('reader.remote.doubtfulMore', { count })
  const paged = inPages(
    doubtful,
    more,
    unlisted > 0 ? t('reader.remote.doubtfulUnlisted', { count: unlisted }) : null,
  )
  const isDone = images.report !== null && images.report.failedCount === 0
  const entries: readonly MenuEntry[] = [
    ...(remote.imageCount === 0 || isDone ? [] : [once, ever]),
    ...(doubtful.length === 0
      ? []
      : [{ id: 'doubtful', label: t('reader.remote.doubtful'), entries: paged } as const]),
  ]
  if (entries.length === 0) return null
  return (
    <Menu label={t('reader.remote.menu')} entries={entries}>
      <Button variant="plain" icon={Image} busy={images.isLoading}>
        {t('reader.remote.load')}
      </Button>
    </Menu>
  )
}

/** What was kept out, or what was let in after the user said so. */
function useContentWords(
  detail: ContentFacts,
  { isLoading, report }: RemoteImages,
): Readonly<{ words: string; why: string | null }> {
  const { t } = useTranslation('mail')
  const { blockedRemoteCount: blocked, trackerCount: trackers, remote } = detail
  if (isLoading) return { words: t('reader.remote.loading'), why: null }
  if (report !== null) {
    const parts = [
      t('reader.remote.loaded', { count: report.loadedCount }),
      report.pixelCount > 0 && t('reader.remote.pixels', { count: report.pixelCount }),
      report.failedCount > 0 && t('reader.remote.failed', { count: report.failedCount }),
      report.trackerCount > 0 && t('reader.remote.trackersLeft', { count: report.trackerCount }),
      report.otherCount > 0 && t('reader.remote.othersLeft', { count: report.otherCount }),
    ]
    const telling = remote?.tellingCount ?? 0
    return {
      words: parts.filter(part => part !== false).join(', '),
      why: telling > 0 ? t('reader.remote.seenTelling', { count: telling }) : t('reader.remote.seen'),
    }
  }
  if (blocked === 0) return { words: t('reader.remote.none'), why: null }
  const words = t('reader.remote.blocked', { count: blocked })
  return {
    words:
      trackers === 0
        ? words
        : t('reader.remote.join', {
            blocked: words,
            trackers: t('reader.remote.trackers', { count: trackers }),
          }),
    why: t(
      remote?.always === 'junk' && remote.imageCount > 0
        ? 'reader.remote.notAlways.junk'
        : 'reader.remote.why',
    ),
  }
}

/** Whether a message is shown as it was sent, and how it was set if not. */
export type Original = Readonly<{ asSent: boolean; fit: BodyFit | null; onToggle: () => void }>

/** Whether the message as it was sent would look otherwise. */
const isAdapted = ({ asSent, fit }: Original): boolean =>
  asSent || (fit !== null && (fit.isDarkened || fit.scale < 1))

/** The line above a designed message: what was kept out, consent to images, and the choice between text and design. */
export function ContentLine({
  detail,
  asText,
  images,
  onToggle,
  original,
}: Readonly<{
  detail: ContentFacts
  asText: boolean
  images: RemoteImages
  onToggle: () => void
  original: Original
}>) {
  const { t } = useTranslation('mail')
  const { words, why } = useContentWords(detail, images)
  const { remote } = detail
  const mayLoad = !asText && remote !== null && remote.always !== 'junk'
  return (
    <div className="content-line">
      <Icon of={images.report !== null ? Image : detail.blockedRemoteCount === 0 ? ShieldCheck : ImageOff} />
      <p className="content-words" role="status">
        <strong>{words}</strong>
        {why === null ? null : <span className="content-why"> {why}</span>}
      </p>
      <div className="content-actions">
        {mayLoad ? <LoadImages remote={remote} images={images} /> : null}
        {!asText && isAdapted(original) ? (
          <Button variant="plain" aria-pressed={original.asSent} onPress={original.onToggle}>
            {original.asSent ? t('reader.showAdapted') : t('reader.showOriginal')}
          </Button>
        ) : null}
        <Button variant="plain" onPress={onToggle}>
          {asText ? t('reader.showHtml') : t('reader.showText')}
        </Button>
      </div>
    </div>
  )
}
