import { useEffect, useRef } from 'react'
import { type CommandHandlers, type CommandLevel, commandRegistry } from './command-registry'

/** Answers keyboard and menu commands while the component is shown. */
export function useCommands(handlers: CommandHandlers, level: CommandLevel = 'room'): void {
  const layer = useRef<ReturnType<typeof commandRegistry.add> | null>(null)
  useEffect(() => {
    const added = commandRegistry.add(level)
    layer.current = added
    return () => added.remove()
  }, [level])
  useEffect(() => layer.current?.update(handlers))
}
