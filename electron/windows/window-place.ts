import type { WindowPlace } from './preferences'

type Rectangle = WindowPlace['bounds']

const smallest = { width: 480, height: 360 } as const
const usual = { width: 1280, height: 820 } as const

/** How much of the title bar must be on a screen to be grabbed. */
const grabPixels = 80

const overlap = (start: number, length: number, otherStart: number, otherLength: number): number =>
  Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart)

const isReachable = (bounds: Rectangle, area: Rectangle): boolean =>
  overlap(bounds.x, bounds.width, area.x, area.width) >= grabPixels &&
  bounds.y >= area.y &&
  bounds.y <= area.y + area.height - grabPixels

/** Where the window opens: as it was left if that can still be seen and reached, else centred at the usual size. */
export const placeFor = (
  remembered: WindowPlace | null,
  workAreas: readonly Rectangle[],
): { bounds: Partial<Rectangle> & { width: number; height: number }; maximized: boolean } => {
  const bounds = remembered?.bounds
  const area = bounds && workAreas.find(workArea => isReachable(bounds, workArea))
  if (!bounds || !area) return { bounds: { ...usual }, maximized: remembered?.maximized ?? false }
  const width = Math.max(smallest.width, Math.min(bounds.width, area.width))
  const height = Math.max(smallest.height, Math.min(bounds.height, area.height))
  return { bounds: { x: bounds.x, y: bounds.y, width, height }, maximized: remembered.maximized }
}

export const smallestSize = smallest
