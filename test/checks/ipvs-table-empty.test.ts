import { testCheck } from '../check-tester.ts'
import { conf, dr, ipvs, PS_HTTPD, PS_KEEPALIVED, VIP, withoutVrrp } from './support/cluster.ts'

const EMPTY = `
IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn`
const TITLE = 'IP Virtual Server version 1.2.1 (size=4096)'
const CONF = 'cat /etc/keepalived/keepalived.conf'

testCheck('ipvs-table-empty', {
  fail: [
    {
      name: 'somebody ran ipvsadm -C on the master',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': EMPTY } },
      claims: [
        {
          message: 'service-missing',
          data: { host: 'ds1', services: `${VIP}:80`, empty: true, latent: false },
          lines: [TITLE, `virtual_server ${VIP} 80 {`],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'another service is there, this one is not',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs(['192.168.10.21:443 Route 1'], `TCP  ${VIP}:443 rr`) } },
      claims: [{ message: 'service-missing', data: { empty: false }, lines: [TITLE] }],
    },
    {
      name: 'the same port of another protocol is another service',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs(['192.168.10.21:80 Route 1'], `UDP  ${VIP}:80 rr`) } },
      claims: [{ message: 'service-missing', data: { empty: false }, lines: [TITLE] }],
    },
    {
      name: 'a service by firewall mark',
      hosts: {
        ds1: { ...dr.ds1, [CONF]: conf().replace(`virtual_server ${VIP} 80`, 'virtual_server fwmark 8') },
      },
      claims: [{ message: 'service-missing', data: { services: 'fwmark 8' }, lines: [TITLE] }],
    },
    {
      name: 'the director that waits: latent, a warning',
      hosts: { ds2: { ...dr.ds2, 'ipvsadm -Ln': EMPTY }, ds1: dr.ds1 },
      claims: [{ message: 'service-missing', data: { latent: true }, lines: [TITLE], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'the service is there', hosts: { ds1: dr.ds1 } },
    {
      name: 'a service that lost its servers is still a service',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs([]) } },
    },
  ],
  notApplicable: [
    {
      name: 'VRRP for a gateway, nothing to balance',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': EMPTY, [CONF]: conf().replace(/virtual_server[\s\S]*/, '') } },
      reason: 'nothing-configured',
    },
    {
      name: 'keepalived was started with -P',
      hosts: {
        ds1: {
          ...dr.ds1,
          'ipvsadm -Ln': EMPTY,
          'ps axww': PS_KEEPALIVED.replaceAll('keepalived -D', 'keepalived -P -D'),
        },
      },
      reason: 'vrrp-only',
    },
  ],
  undecided: [
    {
      name: 'keepalived does not run',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': EMPTY, 'ps axww': PS_HTTPD } },
      reason: 'not-running',
    },
  ],
  notChecked: [
    { name: 'no table was listed', hosts: { ds1: { [CONF]: conf() } } },
    {
      name: 'no configuration',
      hosts: { ds1: { 'ipvsadm -Ln': ipvs(['192.168.10.21:80']), [CONF]: withoutVrrp('') } },
    },
  ],
})
