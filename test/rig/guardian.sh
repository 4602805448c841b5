#!/bin/sh
# guardian.sh COMMAND...   Runs COMMAND and ends it as soon as standard input closes.
#
# The test process holds the other end of that pipe. The kernel closes it however the test process ends, SIGKILL
# included, so no server outlives its test. (PR_SET_PDEATHSIG would be simpler, but exec of the setuid exim4 clears it.)
# Must be started as the leader of its own process group: the whole group is ended with it. Dovecot's master alone
# would sometimes wait 5 s for a child; so every process is asked, and after 1 s killed.
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
trap : TERM
(
  trap '' TERM
  read -r _ <&3
  kill -TERM 0
  tries=0
  while [ "$tries" -lt 20 ] && kill -0 "$server"; do sleep 0.05; tries=$((tries + 1)); done
  # Not this group: the shell below must live to reap the server. Dovecot refuses to start beside its own zombie.
  kill -KILL "$server"
) 2>/dev/null &
reader=$!
exec 3<&-
# A signal interrupts "wait", so it is asked again until the server is really gone.
while kill -0 "$server" 2>/dev/null; do wait "$server"; done
# What is left (the reader, a queue runner, this shell) goes at once.
kill -KILL 0
