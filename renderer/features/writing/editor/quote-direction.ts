import { Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { Extension } from '@tiptap/react'
import { directionOf } from '../../../../shared/kit/text-direction'

/** Shows the bar of a quote on the side where its text begins. Only shown: nothing of it is in the HTML of the draft. */
export const QuoteDirection = Extension.create({
  name: 'quoteDirection',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        decorations({ doc }) {
          const sides: Decoration[] = []
          doc.descendants((node, from) => {
            if (node.type.name === 'blockquote')
              sides.push(
                Decoration.node(from, from + node.nodeSize, { dir: directionOf(node.textContent) ?? 'ltr' }),
              )
          })
          return DecorationSet.create(doc, sides)
        },
      },
    }),
  ],
})
