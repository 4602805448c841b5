// `npm run demo`: the interface on made-up data in a browser. Nothing of it is part of the program; it is served from its
// sources, to this computer only.
import react from '@vitejs/plugin-react'
import { createServer } from 'vite'
import { inCache, inProject, projectRoot } from './paths.mjs'
import { say } from './say.mjs'

const server = await createServer({
  configFile: false,
  envDir: false,
  publicDir: false,
  logLevel: 'warn',
  root: inProject('renderer', 'demo'),
  cacheDir: inCache('demo'),
  plugins: [react()],
  server: { host: '127.0.0.1', port: 5174, fs: { allow: [projectRoot] } },
})
await server.listen()
say(
  `the demo is at ${server.resolvedUrls?.local[0] ?? ''} (options: renderer/demo/fake-host.ts). Ctrl+C ends it`,
)
