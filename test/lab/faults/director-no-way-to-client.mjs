export const fault = {
  name: 'director-no-way-to-client',
  root: 'director-no-route-client',
  modes: ['nat'],
  note: 'the directors have no default route: answers find no way to the client',
  inject: `each "$DIRECTORS" 'ip route del default'`,
  symptom: { sh: `requests 3`, proves: /^requests: timeout=3$/m },
}
