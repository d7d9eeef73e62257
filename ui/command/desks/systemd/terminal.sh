#!/bin/sh
# Shows the desk of another machine on this terminal, over SSH, and connects again
# whenever that ends. Meanwhile the public reads a sentence, and never what ssh says:
# that goes to the journal. Set, in /etc/loket/terminal.env:
#
#   DESK=desk.example.org     the machine with the desk
#   PORT=2222                 its port
#   KEY=/etc/loket/terminal.key
#   KNOWN_HOSTS=/etc/loket/known_hosts

: "${DESK:?name the machine with the desk: DESK=desk.example.org}"
PORT=${PORT:-2222} KEY=${KEY:-/etc/loket/terminal.key} KNOWN_HOSTS=${KNOWN_HOSTS:-/etc/loket/known_hosts}

# With the program loket on this machine, no key leaves the console or stops it. Older programs cannot do that.
if [ -z "${LOCKED:-}" ] && loket display lock --help > /dev/null 2>&1; then
	LOCKED=yes exec loket display lock "$0"
fi

if [ -t 2 ]; then # the public would see it
	exec 2> /dev/null
	syslog=-y # then ssh writes to the journal by syslog(3)
fi

# No key has an effect until the desk is there: none is shown, none ends or stops this script,
# and those that were pressed before the desk came are thrown away.
ignore_keys() { stty -echo -isig -brkint -ixon -icanon min 0 time 0 && cat > /dev/null; }

show_sentences() {
	printf '\033c\033%%G\033[?25l\n\n\n' # without %G, letters such as é stay in the encoding of the machine
	printf '   %s\n' 'Een ogenblik geduld. Het loket komt vanzelf terug.' 'Duurt het lang? Vraag het een medewerker.' ''
	printf '   %s\n' 'One moment please. The desk will come back by itself.' 'Is it taking long? Ask a member of staff.'
}

while :; do
	show_sentences
	ignore_keys
	ssh ${syslog:-} -F none -tt -e none -i "$KEY" -p "$PORT" \
		-o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o "UserKnownHostsFile=$KNOWN_HOSTS" \
		-o ConnectTimeout=10 -o ServerAliveInterval=10 -o ServerAliveCountMax=2 -o LogLevel=ERROR "$DESK"
	show_sentences
	sleep 3
done
