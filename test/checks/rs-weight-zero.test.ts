import { testCheck } from '../check-tester.ts'
import { dr, ipvs, VIP } from './support/cluster.ts'

const LOG = 'grep -i keepalived /var/log/messages'
const FAILED = 'Nov 20 16:59:13 ds1 Keepalived_healthcheckers[29]: TCP connection to [192.168.10.21]:tcp:80 failed.'
const SERVICE = `TCP  ${VIP}:80 rr`
const ZERO = ipvs(['192.168.10.21:80 Route 0', '192.168.10.22:80 Route 0'])

testCheck('rs-weight-zero', {
  fail: [
    {
      name: 'the checks have removed every real server, and the log says so',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs([]), [LOG]: FAILED } },
      claims: [
        {
          message: 'all-removed',
          data: { host: 'ds1', service: `${VIP}:80`, servers: '192.168.10.21, 192.168.10.22', latent: false },
          lines: [SERVICE, FAILED],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'every weight is 0',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ZERO } },
      claims: [{ message: 'all-zero', data: { host: 'ds1' }, lines: [SERVICE], severity: 'critical' }],
    },
    {
      name: 'a service by firewall mark without servers, and no configuration of it',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs([], 'FWM  8 rr') } },
      claims: [
        { message: 'all-removed', data: { service: 'The service of mark 8', servers: '' }, lines: ['FWM  8 rr'] },
      ],
    },
    {
      name: 'the director that waits: latent, a warning',
      hosts: { ds2: { ...dr.ds2, 'ipvsadm -Ln': ZERO }, ds1: dr.ds1 },
      claims: [{ message: 'all-zero', data: { latent: true }, lines: [SERVICE], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'both at work', hosts: { ds1: dr.ds1 } },
    {
      name: 'one is drained on purpose, the other serves',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs(['192.168.10.21:80 Route 0', '192.168.10.22:80 Route 1']) } },
    },
    { name: 'one was removed', hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs(['192.168.10.22:80 Route 1']) } } },
    {
      name: 'the sorry server has taken over',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs(['192.168.10.99:80 Route 1']) } },
    },
  ],
  notApplicable: [
    {
      name: 'an empty table is another fault',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs([]).split('\n').slice(0, 3).join('\n') } },
      reason: 'no-service',
    },
  ],
})
