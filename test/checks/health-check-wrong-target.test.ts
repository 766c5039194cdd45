import { testCheck } from '../check-tester.ts'
import { conf, dr, ipvs } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const LOG = 'grep -i keepalived /var/log/messages'
const ss = (...ports: readonly number[]): string =>
  [
    'State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process',
    ...ports.map((port) => `LISTEN 0      511          0.0.0.0:${port}        0.0.0.0:*`),
  ].join('\n')
const PORT = conf({ servers: ['192.168.10.21 80'] }).replace('connect_timeout 2', 'connect_port 8080')
const PAGE = conf({ servers: ['192.168.10.21 80'] }).replace(
  /TCP_CHECK \{[^}]*\}/,
  'HTTP_GET {\n            url {\n                path /gone\n                status_code 200\n            }\n        }',
)
const FAILED =
  'Nov 20 16:59:39 ds1 Keepalived_healthcheckers[29]: HTTP_CHECK on service [192.168.10.21]:tcp:80 failed after 1 retries.'
const GOOD =
  'Nov 20 17:01:39 ds1 Keepalived_healthcheckers[29]: HTTP status code success to [192.168.10.21]:tcp:80 url(1).'
type Outputs = Readonly<Record<string, string>>
const cluster = (file: string, list: string, more: Outputs = {}) => ({
  ds1: { ...dr.ds1, [CONF]: file, ...more },
  rs1: { ...dr.rs1, 'ss -lnt': list },
})

testCheck('health-check-wrong-target', {
  fail: [
    {
      name: 'the check asks port 8080, and the service is on 80',
      hosts: cluster(PORT, ss(80)),
      claims: [
        {
          message: 'wrong-port',
          data: { host: 'ds1', server: '192.168.10.21', kind: 'TCP_CHECK', asked: 8080, port: 80, latent: false },
          lines: ['TCP_CHECK {'],
          hosts: ['ds1', 'rs1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'HTTP_GET asks a page that is not there',
      hosts: cluster(PAGE, ss(80), { [LOG]: FAILED, 'ipvsadm -Ln': ipvs([]) }),
      claims: [{ message: 'answer-refused', data: { kind: 'HTTP_GET', asked: 80 }, lines: [FAILED], proof: 'direct' }],
    },
    {
      name: 'the director that waits: latent, a warning',
      hosts: { ds2: { ...dr.ds2, [CONF]: PORT }, ds1: dr.ds1, rs1: { ...dr.rs1, 'ss -lnt': ss(80) } },
      claims: [{ message: 'wrong-port', data: { latent: true }, lines: ['TCP_CHECK {'], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'the check asks the port of the service', hosts: cluster(conf({ servers: ['192.168.10.21 80'] }), ss(80)) },
    { name: 'a port for health checks alone, which is open', hosts: cluster(PORT, ss(80, 8080)) },
    { name: 'the service really is down', hosts: cluster(PORT, ss(22)) },
    { name: 'a later check has succeeded', hosts: cluster(PAGE, ss(80), { [LOG]: `${FAILED}\n${GOOD}` }) },
    { name: 'nothing failed', hosts: cluster(PAGE, ss(80)) },
  ],
  notApplicable: [
    {
      name: 'nobody checks the real servers',
      hosts: cluster(conf().replace(/TCP_CHECK \{[^}]*\}/g, ''), ss(80)),
      reason: 'no-tcp-check',
    },
    {
      name: 'TCP_CHECK of a UDP service',
      hosts: {
        ds1: { ...dr.ds1, [CONF]: PORT.replace('protocol TCP', 'protocol UDP'), 'ipvsadm -Ln': '' },
        rs1: { ...dr.rs1, 'ss -lnt': ss(80) },
      },
      reason: 'no-tcp-check',
    },
  ],
  undecided: [
    {
      name: 'a page is asked, the server was removed, and the log was not seen',
      hosts: cluster(PAGE, ss(80), { 'ipvsadm -Ln': ipvs([]) }),
      reason: 'answer-unseen',
    },
    { name: 'nobody looked at the real server', hosts: { ds1: { ...dr.ds1, [CONF]: PORT } }, reason: 'server-unseen' },
  ],
  notMeant: [{ name: 'a real server', hosts: { rs1: dr.rs1, ds1: { ...dr.ds1, 'ip addr': '' } } }],
})
