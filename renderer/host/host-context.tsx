import { createContext, type ReactNode, useContext } from 'react'
import type { Host } from './host'

const HostContext = createContext<Host | null>(null)

export function HostProvider({ host, children }: Readonly<{ host: Host; children: ReactNode }>) {
  return <HostContext value={host}>{children}</HostContext>
}

export function useHost(): Host {
  const host = useContext(HostContext)
  if (host === null) throw new Error('useHost needs a HostProvider above it')
  return host
}
