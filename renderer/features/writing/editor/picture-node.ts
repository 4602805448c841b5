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
 * Stands for the address while the picture is in the page, where the editor draws it without its view when it closes: a `cid:`
 * address means something inside the message only, and the page would look for it.
 */
const marker = 'data-content-id'

/** Gives the pictures under `root`, which must belong to a document that loads nothing, the address they have in a message. */
export function addressPictures(root: ParentNode): void {
  for (const picture of root.querySelectorAll(`img[${marker}]`)) {
    picture.setAttribute('src', `cid:${encodeURIComponent(picture.getAttribute(marker) ?? '')}`)
    picture.removeAttribute(marker)
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
      parseHTML: element => idOf(element.getAttribute('src')) ?? element.getAttribute(marker) ?? '',
      rendered: false,
    },
    alt: { default: '' },
    width: { default: null },
    height: { default: null },
  }),
  parseHTML: () => [
    { tag: 'img[src]', getAttrs: element => idOf(element.getAttribute('src')) !== null && null },
    { tag: `img[${marker}]:not([src])` },
  ],
  renderHTML: ({ node, HTMLAttributes }) => [
    'img',
    mergeAttributes(HTMLAttributes, { [marker]: String(node.attrs['contentId']) }),
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
