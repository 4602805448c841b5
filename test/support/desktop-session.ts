// A desktop of its own for a program under test: an invisible screen, a session bus, an unlocked keyring, an empty
// home. Nothing of the person's own session can be met or changed. Linux only; needs xvfb, dbus and gnome-keyring.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInPlace } from '../../build/child.mjs'

/** Runs inside the session bus: unlocks a fresh keyring, runs the command, takes the keyring down again. */
const insideSession = `
printf %s siegel-tests | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
keyring=$!
for _ in $(seq 1200); do
  dbus-send --session --dest=org.freedesktop.DBus --print-reply /org/freedesktop/DBus \\
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true' && break
  sleep 0.05
done
"$@"
code=$?
kill "$keyring" 2>/dev/null
exit "$code"
`

/**
 * Runs a command in a desktop session of its own and removes the session's home afterwards.
 * @returns the command's exit code
 */
export const runInDesktopSession = async (
  command: readonly string[],
  {
    env = process.env,
    signal,
    size = '1280x800',
  }: { env?: NodeJS.ProcessEnv; signal?: AbortSignal; size?: string } = {},
): Promise<number> => {
  const home = mkdtempSync(join(tmpdir(), 'siegel-desktop-'))
  const runtime = join(home, 'run')
  mkdirSync(runtime, { mode: 0o700 })
  const {
    DBUS_SESSION_BUS_ADDRESS: _bus,
    WAYLAND_DISPLAY: _wayland,
    XDG_CONFIG_HOME: _config,
    XDG_DATA_HOME: _data,
    XDG_CACHE_HOME: _cache,
    ...rest
  } = env
  const screen = ['-a', '-s', `-screen 0 ${size}x24 -nolisten tcp`]
  const session = ['dbus-run-session', '--', 'bash', '-c', insideSession, 'session', ...command]
  try {
    return await runInPlace('xvfb-run', [...screen, ...session], {
      env: { ...rest, HOME: home, XDG_RUNTIME_DIR: runtime, XDG_CURRENT_DESKTOP: 'GNOME', LANG: 'C.UTF-8' },
      ...(signal && { signal }),
    })
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}
