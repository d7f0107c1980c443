#!/bin/sh
# Records a night at the terminal: a step fails, somebody mends it by hand, the run is resumed.
#
#   mvn -DskipTests package && docs/evidence/record.sh
#
# Needs tmux. Starts an estate (the simulated servers, as a process of its own) in one window, and types into another what an
# operator would type. What stands on the screen then is written to docs/evidence/recording.txt. The folder is DRILL, /srv/drill
# if not said; it must not be there yet, and is removed. Whoever runs it is called dba@jump1.
set -eu
command -v tmux > /dev/null || { echo "tmux is not here: nothing is recorded"; exit 1; }
root=$(cd "$(dirname "$0")/../.." && pwd)
drill=${DRILL:-/srv/drill}
kept=$root/docs/evidence/recording.txt
mkdir -p "$(dirname "$drill")"
mkdir "$drill" "$drill/tmp"
cp "$root/target/runbook.jar" "$drill"

t() { tmux -L drill "$@"; }
leave() {
    t kill-server 2> /dev/null || true
    # the estate takes its own folder away
    sleep 2
    rm -rf "$drill"
}
trap leave EXIT

screen() { t capture-pane -p -J -t "$1" -S -; }
# waits until a text stands in a window: at most two minutes
await() {
    for _ in $(seq 240); do
        if screen "$1" | grep -qF -- "$2"; then return; fi
        sleep 0.5
    done
    screen "$1"
    echo "\"$2\" did not come"
    exit 1
}
type() { t send-keys -t "$1" -l "$2"; t send-keys -t "$1" Enter; }
# an answer, once its question stands there
answer() { await run "$1"; type run "$2"; }

t -f /dev/null new-session -d -s drill -n estate -x 120 -y 50 -c "$drill" "env PS1='$drill\$ ' sh"
t set-option -g history-limit 5000
t new-window -n run -c "$drill" "env PS1='$drill\$ ' sh"

type estate "java -Djava.io.tmpdir=$drill/tmp -jar runbook.jar estate dc1-lost --site-file litware.yaml"
await estate "ready: "
type estate "down sqlbm"
await estate "sqlbm is down"

# ---- the night

type run "java -jar runbook.jar run failover --vars litware.yaml"
answer "Type DC1 IS LOST to continue" "DC1 IS LOST"
await run "RESTORE LOG"
type run "Bridge is open, Anna leads. Storage team has been called."
answer "Type RECOVER to continue" "RECOVER"
await run "What now? >"
type run ":n sqlbm is switched off. Windows team starts it."
await run "note: sqlbm"
type run "pause"
await run "Go on with:"
type run "java -jar runbook.jar status $(cd "$drill" && echo runs/*)"
await run "go on with  java"

# by hand, outside of the program: in the drill, that is the window of the estate
type estate "up sqlbm"
await estate "sqlbm is up."

# the line that was printed is pasted as it stands
type run "$(screen run | sed -n 's/^Go on with:  //p')"
answer "Type yes to continue" "yes"
await run "DONE."
sleep 1
{
    echo "A night at the terminal: step 6 fails since a server is switched off, somebody switches it on, the run is resumed."
    echo "Recorded by docs/evidence/record.sh. The person is called dba@jump1."
    echo
    echo "==== window 1: the simulated servers"
    echo
    screen estate
    echo
    echo "==== window 2: the operator"
    echo
    screen run
} | sed -e "s#$(id -un)@$(hostname)#dba@jump1#g" -e 's/[[:space:]]*$//' | cat -s > "$kept"
echo "$kept"
