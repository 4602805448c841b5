import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hostLetters, isLookAlikeHost } from '../../../../../../shared/html/host-letters'
import { directionOf, directionsOf } from '../../../../../../shared/kit/text-direction'
import { useHost } from '../../../../../host/host-context'
import { useLiveQuery } from '../../../../../state/live/use-live-query'
import { runCommand } from '../../../../../state/run-command'
import { showLink } from '../../../../../state/shown-link'
import { Button } from '../../../../../ui/actions/button'
import { textPieces } from '../../../../../ui/text/text-links'
import { classNames } from '../../../../../ui/tokens/class-names'
import { type TextBlock, textBlocks } from './text-blocks'
import { isSetInColumns } from './text-columns'

/** Longer lines are paragraphs, and wrap even among letters of one width. */
const longestSetLine = 160
/** Quotes longer than this begin folded. */
const shortQuoteLines = 4

const linkShown = (url: string) => {
  const host = URL.parse(url)?.hostname ?? ''
  return {
    url: url.slice(0, 2000),
    letters: hostLetters(host).slice(0, 300),
    isLookAlike: isLookAlikeHost(host),
  }
}

function Line({ text }: Readonly<{ text: string }>) {
  const { t } = useTranslation('mail')
  const host = useHost()
  return textPieces(text).map((piece, at) =>
    piece.url === null ? (
      piece.text
    ) : (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never change their order.
        key={at}
        className="text-link"
        href={piece.url}
        onPointerEnter={() => showLink(linkShown(piece.url ?? ''))}
        onPointerLeave={() => showLink(null)}
        onFocus={() => showLink(linkShown(piece.url ?? ''))}
        onBlur={() => showLink(null)}
        aria-label={t('reader.openLink', { url: piece.url })}
        onClick={event => {
          event.preventDefault()
          void runCommand(host, 'links.open', { url: piece.url ?? '' })
        }}
      >
        {piece.text}
      </a>
    ),
  )
}

function Lines({ lines }: Readonly<{ lines: readonly string[] }>) {
  const directions = directionsOf(lines)
  return lines.map((line, at) => (
    <div
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a message never change their order.
      key={at}
      className={classNames('text-line', line.length > longestSetLine && 'text-line-prose')}
      dir={directions[at]}
    >
      {line === '' ? <br /> : <Line text={line} />}
    </div>
  ))
}

function Quote({ block }: Readonly<{ block: TextBlock }>) {
  const { t } = useTranslation('mail')
  const isLong = block.lines.length > shortQuoteLines
  const [open, setOpen] = useState(!isLong)
  const lines = block.lines.map(line => line.replace(/^\s?> ?/, ''))
  return (
    // Its bar stands where its lines begin.
    <blockquote className="text-quote" dir={directionOf(lines.join('\n')) ?? 'ltr'}>
      {open ? <Lines lines={lines} /> : null}
      {isLong ? (
        <Button variant="plain" aria-expanded={open} onPress={() => setOpen(!open)}>
          {open ? t('reader.quotedHide') : t('reader.quotedShow', { count: block.lines.length })}
        </Button>
      ) : null}
    </blockquote>
  )
}

/** Whether this text is shown with letters of one width: as the reader chose for it, by the setting, or by its looks. */
function useFixedWidth(text: string, blocks: readonly TextBlock[]) {
  const setting = useLiveQuery('settings.get', {}).data?.textWidth ?? 'auto'
  const looksSet = useMemo(() => isSetInColumns(blocks), [blocks])
  const [chosen, setChosen] = useState<Readonly<{ text: string; isFixed: boolean }> | null>(null)
  const isFixed = chosen?.text === text ? chosen.isFixed : setting === 'auto' ? looksSet : setting === 'fixed'
  return { isFixed, toggle: () => setChosen({ text, isFixed: !isFixed }) }
}

/** The text of a message, set to be read: a measure the eye can follow, quotes folded, links named by their target. */
export function TextBody({ text }: Readonly<{ text: string }>) {
  const { t } = useTranslation('mail')
  const blocks = useMemo(() => textBlocks(text), [text])
  const { isFixed, toggle } = useFixedWidth(text, blocks)
  if (blocks.length === 0) return <p className="text-blank">{t('reader.blank')}</p>
  return (
    <section
      aria-label={t('reader.body')}
      className={classNames('text-body selectable', isFixed && 'text-fixed')}
    >
      <div className="text-choice">
        <Button variant="plain" aria-pressed={isFixed} onPress={toggle}>
          {t('reader.fixedWidth')}
        </Button>
      </div>
      {blocks.map((block, at) =>
        block.kind === 'quoted' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a message never change their order.
          <Quote key={at} block={block} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a message never change their order.
          <div key={at} className={block.kind === 'signature' ? 'text-signature' : 'text-written'}>
            <Lines lines={block.lines} />
          </div>
        ),
      )}
    </section>
  )
}
