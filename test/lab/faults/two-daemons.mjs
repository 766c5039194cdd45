export const fault = {
  name: 'two-daemons',
  root: 'two-keepalived',
  modes: ['dr'],
  note: 'a second keepalived runs on ds1',
  after: `run ds1 'keepalived -D -p /run/k2.pid -r /run/v2.pid -c /run/c2.pid'`,
  symptom: {
    sh: `run ds1 'ps ax -o pid,ppid,comm | grep keepalived'
run ds1 'echo "daemons: $(ps ax -o ppid,comm | grep -c "^ *1 keepalived")"'`,
    proves: /daemons: 2/m,
  },
}
