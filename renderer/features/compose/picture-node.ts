import { mergeAttributes, Node } from '@tiptap/react'

/** `urlOf`: where a picture of the draft is shown from, by its Content-ID; null when it is not among the files. */
export type PictureOptions = Readonly<{ urlOf: (contentId: string) => string | null; missing: string }>

const idOf = (source: string | null): string | null => {
  const id = /^cid:(.+)$/is.exec(source ?? '')?.[1]
  if (id === undefined) return null
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

/**
 * A picture that goes along with the draft and stands in the text (RFC 2392). Only its Content-ID is in the document; other
 * pictures are not, so that nothing is loaded from outside.
 */
export const Picture = Node.create<PictureOptions>({
  name: 'picture',
  group: 'inline',
  inline: true,
  atom: true,
  draggable: true,
  addOptions: () => ({ urlOf: () => null, missing: '' }),
  addAttributes: () => ({
    contentId: {
      default: '',
      parseHTML: element => idOf(element.getAttribute('src')) ?? '',
      rendered: false,
    },
    alt: { default: '' },
    width: { default: null },
    height: { default: null },
  }),
  parseHTML: () => [
    { tag: 'img[src]', getAttrs: element => idOf(element.getAttribute('src')) !== null && null },
  ],
  renderHTML: ({ node, HTMLAttributes }) => [
    'img',
    mergeAttributes(HTMLAttributes, { src: `cid:${encodeURIComponent(String(node.attrs['contentId']))}` }),
  ],
  renderText: ({ node }) => `[${String(node.attrs['alt'])}]`,
  addNodeView() {
    const { urlOf, missing } = this.options
    return ({ node }) => {
      const { contentId, alt, width, height } = node.attrs as Record<string, string | number | null>
      const url = urlOf(String(contentId))
      const dom = document.createElement(url === null ? 'span' : 'img')
      dom.className = 'rich-picture'
      if (dom instanceof HTMLImageElement) {
        dom.src = url ?? ''
        dom.alt = String(alt ?? '')
        for (const [name, value] of [
          ['width', width],
          ['height', height],
        ] as const)
          if (value !== null && /^\d{1,5}$/.test(String(value))) dom.setAttribute(name, String(value))
      } else dom.textContent = `[${String(alt) || missing}]`
      return { dom }
    }
  },
})
