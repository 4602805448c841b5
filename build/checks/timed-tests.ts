/** Files below test/ that may use a timer by themselves, with the reason. Everything else waits for what it means: test/support/until.ts. */
export const timedTests: Readonly<Record<string, string>> = {
  'test/support/until.ts': 'is the loop in which everything waits',
  'test/support/kill-points.ts': 'ends a program at a moment, which is what it tests',
  'test/integration/writing/smtp-kill.test.ts': 'its server is slow, so that kills meet every stage',
  'test/e2e/profile/backup-stop.test.ts': 'lets the engine run for moments only, as a slow disk would',
  'test/rig/fault-proxy.ts': 'is a slow connection',
  'test/wire/support/scripted-socks-server.ts': 'is a proxy that answers byte by byte',
  'test/wire/support/wire-connection.ts': 'lets go of a peer that never closes',
  'test/leak/support/in-box.ts': 'listens for what is sent by itself; nothing ends what never happens',
  'test/leak/support/drive-chromium.ts': 'gives scripts inside Chromium the time to try to send',
  'test/unit/renderer/state/live/live-queries.test.ts': 'turns its clock by hand',
  'test/unit/renderer/state/live/message-rows.test.ts': 'turns its clock by hand',
  'test/unit/electron/main/profile-session.test.ts': "stands in for the program's own pause before a restart",
}
