import { EditorContent, useEditor, useEditorState } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import { Bold, Code, Italic, Link2, List, ListOrdered, Quote } from 'lucide-react'
import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/actions/button'
import { IconButton } from '../../../ui/actions/icon-button'
import { TextField } from '../../../ui/fields/text-field'
import { PopoverPanel } from '../../../ui/overlays/popover-panel'
import { Picture } from './picture-node'
import { QuoteDirection } from './quote-direction'
import { withReadableTables } from './readable-tables'
import { type RichNode, textFromRich } from './rich-content'
import { htmlOf, settledHtml } from './rich-html'
import { textWithTables } from './table-text'

/** An address without a scheme is meant as a web page; other schemes than these three are no links in mail. */
export function linkTarget(typed: string): string | null {
  const text = typed.trim()
  if (text === '') return null
  if (/^(?:https?:\/\/|mailto:)\S+$/i.test(text)) return text
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) || /\s/.test(text)) return null
  return text.includes('@') ? `mailto:${text}` : `https://${text}`
}

/** Keys the editor would swallow: Escape closes the draft, and Enter with Ctrl or Command sends it. */
const isOfTheComposer = ({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean =>
  key === 'Escape' || (key === 'Enter' && (ctrlKey || metaKey) && !shiftKey)

/** What others put into the text. */
export type RichEditorHandle = Readonly<{ insertLink: (url: string) => void }>

/** Writing with formatting. Says the new HTML, the text beside it, and the document for questions about it. */
export function RichEditor({
  html,
  label,
  autoFocus,
  pictureUrl,
  onChange,
  ref,
}: Readonly<{
  html: string
  label: string
  autoFocus: boolean
  /** Where a picture of the draft is shown from, by its Content-ID. */
  pictureUrl: (contentId: string) => string | null
  onChange: (content: Readonly<{ html: string; text: string; document: RichNode }>) => void
  ref?: Ref<RichEditorHandle>
}>) {
  const { t } = useTranslation('compose')
  const [linkOpen, setLinkOpen] = useState(false)
  const [target, setTarget] = useState('')
  const begun = useRef<string | null | undefined>(undefined)
  const editor = useEditor({
    injectCSS: false,
    extensions: [
      StarterKit.configure({
        link: { openOnClick: false, protocols: ['http', 'https', 'mailto'], autolink: true },
        underline: false,
        heading: false,
      }),
      QuoteDirection,
      Picture.configure({ urlOf: pictureUrl, missing: t('picture') }),
    ],
    content: withReadableTables(html),
    autofocus: autoFocus ? 'start' : false,
    editorProps: {
      attributes: { class: 'rich-text', 'aria-label': label, role: 'textbox', 'aria-multiline': 'true' },
      handleDOMEvents: { keydown: (_view, event) => isOfTheComposer(event) },
      transformPastedHTML: withReadableTables,
      transformPastedText: pasted => textWithTables(pasted) ?? pasted,
    },
    onUpdate: ({ editor: changed }) => {
      const next = htmlOf(changed.state.doc)
      if (begun.current === settledHtml(next)) return
      begun.current = null
      const document = changed.getJSON() as RichNode
      onChange({ html: next, text: textFromRich(document), document })
    },
  })
  // Read before the editor gets the focus: that alone puts an empty line behind a quote, and nobody wrote that.
  if (begun.current === undefined) begun.current = settledHtml(htmlOf(editor.state.doc))
  const on = useEditorState({
    editor,
    selector: ({ editor: current }) => ({
      bold: current.isActive('bold'),
      italic: current.isActive('italic'),
      bulletList: current.isActive('bulletList'),
      orderedList: current.isActive('orderedList'),
      blockquote: current.isActive('blockquote'),
      code: current.isActive('code'),
      link: current.isActive('link'),
    }),
  })
  const run = () => editor.chain().focus()
  useImperativeHandle(ref, () => ({
    insertLink: url =>
      void run()
        .insertContent([
          { type: 'text', text: url, marks: [{ type: 'link', attrs: { href: url } }] },
          { type: 'text', text: ' ' },
        ])
        .run(),
  }))
  const link = linkTarget(target)
  const tools = [
    { id: 'bold', icon: Bold, shortcut: 'mod+b', press: () => run().toggleBold().run() },
    { id: 'italic', icon: Italic, shortcut: 'mod+i', press: () => run().toggleItalic().run() },
    { id: 'bulletList', icon: List, press: () => run().toggleBulletList().run() },
    { id: 'orderedList', icon: ListOrdered, press: () => run().toggleOrderedList().run() },
    { id: 'blockquote', icon: Quote, press: () => run().toggleBlockquote().run() },
    { id: 'code', icon: Code, press: () => run().toggleCode().run() },
  ] as const
  return (
    <>
      <div role="toolbar" aria-label={t('format.tools')} className="compose-tools">
        {tools.map(({ id, icon, press, ...rest }) => (
          <IconButton
            key={id}
            label={t(`format.${id}`)}
            icon={icon}
            aria-pressed={on[id]}
            {...(on[id] ? { className: 'compose-tool-on' } : {})}
            {...rest}
            onPress={press}
          />
        ))}
        <PopoverPanel
          label={t('format.link')}
          placement="bottom start"
          isOpen={linkOpen}
          onOpenChange={isOpen => {
            if (isOpen) setTarget(String(editor.getAttributes('link')['href'] ?? ''))
            setLinkOpen(isOpen)
          }}
          trigger={<IconButton label={t('format.link')} icon={Link2} />}
        >
          <form
            className="compose-link"
            onSubmit={event => {
              event.preventDefault()
              event.stopPropagation()
              if (target.trim() !== '' && link === null) return
              setLinkOpen(false)
              if (link === null) run().extendMarkRange('link').unsetLink().run()
              else if (editor.state.selection.empty && !on.link)
                run()
                  .insertContent({
                    type: 'text',
                    text: target.trim(),
                    marks: [{ type: 'link', attrs: { href: link } }],
                  })
                  .run()
              else run().extendMarkRange('link').setLink({ href: link }).run()
            }}
          >
            <TextField
              label={t('format.linkTarget')}
              placeholder="https://"
              value={target}
              onChange={setTarget}
              autoFocus
              error={target.trim() !== '' && link === null ? t('format.linkBad') : null}
            />
            <Button type="submit">{t('format.linkSet')}</Button>
          </form>
        </PopoverPanel>
      </div>
      <EditorContent editor={editor} className="compose-body compose-rich scroll" />
    </>
  )
}
