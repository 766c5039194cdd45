export const healthy = {
  name: 'http-check',
  modes: ['dr'],
  note: 'HTTP_GET that asks what is there',
  inject: `each_edit "$DIRECTORS" 's/TCP_CHECK \\{/HTTP_GET {\\n            url {\\n                path \\/\\n                status_code 200\\n            }/'`,
}
