#!/usr/bin/env bash
# The script for Slurm, run on one machine that is a whole cluster of two nodes: an array of which
# one task dies, nothing merged, then the array of what is missing, and a merge when that is done.
# Only where INDOUBT_SLURM is set, as `scripts/test --all` does: it starts servers, as root.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
skip() {
  echo "skipped: $1"
  exit 77
}
if [[ -z ${INDOUBT_SLURM:-} ]]; then skip "INDOUBT_SLURM is not set"; fi
for needed in sbatch slurmctld slurmd munged setpriv; do
  command -v "$needed" >/dev/null || skip "there is no $needed (scripts/setup --all)"
done
if [[ $(id -u) != 0 ]]; then skip "who is not root cannot start Slurm"; fi

host="$(hostname -s)"
servers="$work/slurm"
export SLURM_CONF="$servers/slurm.conf"
chmod 755 "$work" # munge is another user

# They write to the folder until they have ended.
stop_servers() {
  local name pid tries
  for name in slurmd-one slurmd-two slurmctld munge/munged; do
    if [[ ! -s $servers/$name.pid ]]; then continue; fi
    pid="$(<"$servers/$name.pid")"
    kill "$pid" 2>/dev/null || continue
    for ((tries = 0; tries < 100; ++tries)); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
  done
  rm -rf "$work"
}
trap stop_servers EXIT

write_slurm_conf() {
  cat >"$SLURM_CONF" <<CONF
ClusterName=indoubt
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$servers/munge/socket
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
SlurmdParameters=config_overrides
StateSaveLocation=$servers/state
SlurmdSpoolDir=$servers/spool-%n
SlurmctldPidFile=$servers/slurmctld.pid
SlurmdPidFile=$servers/slurmd-%n.pid
SlurmctldLogFile=$servers/slurmctld.log
SlurmdLogFile=$servers/slurmd-%n.log
MailProg=/bin/true
NodeName=one NodeHostname=$host NodeAddr=127.0.0.1 Port=16818 CPUs=1 State=UNKNOWN
NodeName=two NodeHostname=$host NodeAddr=127.0.0.1 Port=16819 CPUs=1 State=UNKNOWN
PartitionName=all Nodes=one,two Default=YES MaxTime=INFINITE State=UP
CONF
}

start_servers() {
  install -d -m 755 "$servers" "$servers/state" "$servers"/spool-{one,two}
  install -d -o munge -g munge -m 755 "$servers/munge"
  head -c 128 /dev/urandom >"$servers/munge/key"
  chown munge: "$servers/munge/key"
  chmod 400 "$servers/munge/key"
  setpriv --reuid munge --regid munge --clear-groups "$(command -v munged)" \
    --key-file="$servers/munge/key" --socket="$servers/munge/socket" \
    --pid-file="$servers/munge/munged.pid" --log-file="$servers/munge/log" \
    --seed-file="$servers/munge/seed"
  write_slurm_conf
  slurmctld -c
  slurmd -N one
  slurmd -N two
}

# wait_until SECONDS COMMAND... : until the command succeeds.
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    if ((SECONDS >= end)); then return 1; fi
    sleep 0.2
  done
}
nodes_are_idle() { [[ $(sinfo -h -o "%T %D" 2>/dev/null) == "idle 2" ]]; }
queue_is_empty() { [[ -z $(squeue -h 2>&1) ]]; }

start_servers
if ! wait_until 30 nodes_are_idle; then
  tail -n 20 "$servers"/*.log
  skip "Slurm does not start here"
fi

small_scenario >small.json
run run small.json --runs 2000 --format json
as_run="$out"
run campaign plan small.json --runs 2000 --unit-size 50 -o campaign
run campaign submit campaign --engine slurm --shards 4
expect_text "$out" "--array=1-4"

# The third task is killed.
cat >dies <<END
#!/bin/sh
echo "\$SLURMD_NODENAME" >>"$work/nodes"
if [ "\${SLURM_ARRAY_TASK_ID:-}" = 3 ]; then kill -KILL \$\$; fi
exec "$program" "\$@"
END
chmod +x dies
sed "s|$program|$work/dies|" stdout | sh || fail "the script failed"
wait_until 120 queue_is_empty || fail "the first array did not end: $(squeue)"
run campaign status campaign --shards 4
expect_code 3
expect_text "$out" "30 of 40 units done" "--array=3"
expect_text "$(sort -u nodes)" one two
if [[ -e campaign/summary.json ]]; then fail "a part was taken for the whole"; fi

run campaign submit campaign --engine slurm --shards 4
expect_text "$out" "--array=3 "
sh stdout || fail "the second script failed"
wait_until 120 queue_is_empty || fail "the second array did not end: $(squeue)"
expect_equal "$(cat campaign/summary.json)" "$as_run"
finish
