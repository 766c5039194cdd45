export const fault = {
  name: 'check-wrong-url',
  root: 'health-check-wrong-target',
  modes: ['dr'],
  note: 'HTTP_GET asks a page that is not there',
  inject: `each_edit "$DIRECTORS" 's/TCP_CHECK \\{/HTTP_GET {\\n            url {\\n                path \\/health\\n                status_code 200\\n            }/'`,
  settle: 12,
  symptom: {
    sh: `on ds1 ipvsadm -Ln
requests 2`,
    proves: /^requests: refused=2$/m,
  },
}
