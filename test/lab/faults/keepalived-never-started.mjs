export const fault = {
  name: 'keepalived-never-started',
  root: 'keepalived-not-running',
  modes: ['dr', 'nat'],
  note: 'keepalived runs on neither director',
  inject: `director() { logging $1; }`,
  symptom: {
    sh: `holders
requests 2`,
    proves: /^holders: none$/m,
  },
}
