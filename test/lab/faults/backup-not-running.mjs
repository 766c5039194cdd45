export const fault = {
  name: 'backup-not-running',
  root: 'keepalived-not-running',
  modes: ['dr'],
  note: 'keepalived does not run on ds2: nobody takes over',
  inject: `director() { logging $1; [ $1 = ds2 ] || on $1 keepalived -D; }`,
  symptom: {
    sh: `holders
run ds2 'pgrep keepalived || echo "no keepalived on ds2"'`,
    proves: /no keepalived on ds2/m,
  },
}
