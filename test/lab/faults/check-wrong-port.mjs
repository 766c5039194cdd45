export const fault = {
  name: 'check-wrong-port',
  root: 'health-check-wrong-target',
  modes: ['dr', 'nat'],
  note: 'the health check asks port 8080, the service is on 80: all servers are removed',
  inject: `each_edit "$DIRECTORS" 's/connect_port 80$/connect_port 8080/'`,
  settle: 12,
  symptom: {
    sh: `on ds1 ipvsadm -Ln
requests 2`,
    proves: /^requests: refused=2$/m,
  },
}
