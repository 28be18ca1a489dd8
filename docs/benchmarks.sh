#!/bin/sh
# Times the rehearsal of an overlay migration on generated production clusters; docs/benchmarks.md holds what it printed.
#
# docs/benchmarks.sh [NODES...]   sizes of the clusters, 50 to 5000 nodes (default: 100 300 1000 5000)
# RUNS                            rehearsals of each size (default: 10)
# CNISHIFT_JAVA_OPTS              options for the JVM, e.g. -Xmx512m to see whether that heap is enough
set -eu

root=$(CDPATH='' cd -P -- "$(dirname -- "$0")/.." && pwd -P)
runs=${RUNS:-10}
[ $# -gt 0 ] || set -- 100 300 1000 5000
log=$(mktemp)
times=$(mktemp)
trap 'rm -f "$log" "$times"' EXIT

# Built beforehand, so that no run waits for it.
"$root/cnishift" strategies >/dev/null

rehearse() {
    "$root/cnishift" rehearse --cluster "sim:prod-$1" --strategy overlay --set podCidr=10.96.0.0/12 \
        --set securityGroupsForPods=leave --accept OVL-NETWORK-POLICIES --accept OVL-NLB-GAP --accept OVL-UNDRAINABLE \
        >"$log" 2>&1 </dev/null || {
        cat "$log" >&2
        echo "docs/benchmarks.sh: the rehearsal of prod-$1 failed; see above" >&2
        exit 1
    }
}

printf '| nodes | runs | median s | least s | most s |\n|---|---|---|---|---|\n'
for nodes in "$@"; do
    : >"$times"
    run=0
    while [ "$run" -lt "$runs" ]; do
        begin=$(date +%s%N)
        rehearse "$nodes"
        end=$(date +%s%N)
        echo $(((end - begin) / 1000000)) >>"$times"
        run=$((run + 1))
    done
    sort -n "$times" | awk -v nodes="$nodes" '
        { ms[NR] = $1 }
        END {
            middle = NR % 2 ? ms[(NR + 1) / 2] : (ms[NR / 2] + ms[NR / 2 + 1]) / 2
            printf "| %s | %d | %.1f | %.1f | %.1f |\n", nodes, NR, middle / 1000, ms[1] / 1000, ms[NR] / 1000
        }'
done
