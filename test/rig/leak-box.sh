#!/bin/bash
# leak-box.sh OUT SCRIPT [PORT=SOCKET]...
#
# Runs SCRIPT in a network namespace of its own, where nothing can be reached but loopback ports that a bridge carries
# out over unix sockets. Default routes for IPv4 and IPv6 and the resolver lead into a dummy link: whatever is sent there
# really is sent, is counted by nftables (protocol, address, port) in OUT/packets.json, and arrives nowhere. So is what is
# sent to other loopback ports. Ends with the status of SCRIPT.
set -eu
if [ "$1" != --inside ]; then
  kind=(unshare --net --mount --pid --fork --kill-child --mount-proc)
  [ "$(id -u)" = 0 ] || kind=(unshare --user --map-root-user --net --mount --pid --fork --kill-child --mount-proc)
  exec "${kind[@]}" "$0" --inside "$@"
fi
shift
out=$1 script=$2
shift 2
ip link set lo up
# A veth pair with both ends in here: not every kernel has the dummy device.
ip link add out0 type veth peer name sink0
ip link set out0 up
ip link set sink0 up
ip addr add 10.99.0.2/24 dev out0
for host in 1 53; do ip neigh add 10.99.0.$host lladdr 02:00:00:00:00:$host dev out0 nud permanent; done
ip route add default via 10.99.0.1
ip -6 addr add fd99::2/64 dev out0 nodad
ip -6 neigh add fd99::1 lladdr 02:00:00:00:00:01 dev out0 nud permanent
ip -6 route add default via fd99::1
echo 'nameserver 10.99.0.53' >"$out/resolv.conf"
mount --bind "$out/resolv.conf" /etc/resolv.conf
# Helpers outside that would look something up or dial for a program in here, unseen: their sockets are paths.
for helper in /run/nscd/socket /run/dbus/system_bus_socket /run/systemd/resolve/io.systemd.Resolve; do
  [ ! -e "$helper" ] || mount --bind /dev/null "$helper"
done
nft -f - <<'N'
table inet box {
  set v4 { type inet_proto . ipv4_addr . inet_service; flags dynamic; size 4096; }
  set v6 { type inet_proto . ipv6_addr . inet_service; flags dynamic; size 4096; }
  set other { type inet_proto; flags dynamic; size 256; }
  chain out {
    type filter hook output priority 0;
    ct state established,related ct direction reply accept
    icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert, mld2-listener-report, mld-listener-query } accept
    meta protocol ip meta l4proto { tcp, udp } add @v4 { meta l4proto . ip daddr . th dport }
    meta protocol ip6 meta l4proto { tcp, udp } add @v6 { meta l4proto . ip6 daddr . th dport }
    meta l4proto != { tcp, udp } add @other { meta l4proto }
  }
}
N
bridge=
if [ "$#" -gt 0 ]; then
  "$NODE" "$(dirname "$0")/leak-box-bridge.mjs" "$@" >"$out/bridge.log" 2>&1 &
  bridge=$!
  for _ in $(seq 200); do
    grep -qs ready "$out/bridge.log" && break
    sleep 0.02
  done
fi
status=0
"$script" || status=$?
sleep 0.2
nft -j list table inet box >"$out/packets.json"
[ -z "$bridge" ] || kill "$bridge"
exit "$status"
