import type { ComponentProps } from 'react'

/** Part of a grid that is no table: what is in a cell lies over its neighbours, and tables do not let it. Only cells take the focus. */
const part = (role: string) => (props: ComponentProps<'div'>) => <div {...props} role={role} />

export const Grid = part('grid')
export const GridRows = part('rowgroup')
export const GridRow = part('row')
export const ColumnHead = part('columnheader')
export const RowHead = part('rowheader')
export const Cell = part('gridcell')
