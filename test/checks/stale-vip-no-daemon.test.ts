import { testCheck } from '../check-tester.ts'
import { dr, PS_HTTPD, VIP, without } from './support/cluster.ts'

const LINE = `inet ${VIP}/32 scope global eth0`
const killed = { ...dr.ds1, 'ps axww': PS_HTTPD }
const unit = (active: string) => `● keepalived.service - Keepalive Daemon (LVS and VRRP)
     Loaded: loaded (/lib/systemd/system/keepalived.service; enabled; preset: enabled)
     Active: ${active} since Fri 2026-11-20 13:24:13 UTC; 5min ago`
const FAILED = unit('failed (Result: signal)')

testCheck('stale-vip-no-daemon', {
  fail: [
    {
      name: 'killed with -9: the VIP stays on ds1, ds2 has it too',
      hosts: { ds1: killed, ds2: { ...dr.ds2, 'ip addr': dr.ds1['ip addr']?.replaceAll('.11/', '.12/') ?? '' } },
      claims: [
        {
          message: 'left-behind',
          data: { host: 'ds1', vip: VIP, dev: 'eth0', other: 'ds2' },
          lines: [LINE, '300 ?        S      0:00 /usr/sbin/httpd -DFOREGROUND'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'the unit says failed, the peer was not seen',
      hosts: { ds1: { ...without(dr.ds1, 'ps axww'), 'systemctl status keepalived': FAILED } },
      claims: [{ message: 'left-behind', data: { other: '' }, lines: [LINE], hosts: ['ds1'] }],
    },
  ],
  pass: [
    { name: 'keepalived runs', hosts: { ds1: dr.ds1 } },
    {
      name: 'it runs outside its unit',
      hosts: { ds1: { ...dr.ds1, 'systemctl status keepalived': FAILED } },
    },
    {
      name: 'by the unit alone',
      hosts: { ds1: { ...without(dr.ds1, 'ps axww'), 'systemctl status keepalived': unit('active (running)') } },
    },
  ],
  notApplicable: [
    {
      name: 'stopped cleanly: no VIP is left',
      hosts: { ds2: { ...dr.ds2, 'ps axww': PS_HTTPD } },
      reason: 'no-vip-here',
    },
  ],
  undecided: [
    {
      name: 'the unit never ran: a container may hold the VIP',
      hosts: { ds1: { ...without(dr.ds1, 'ps axww'), 'systemctl status keepalived': unit('inactive (dead)') } },
      reason: 'outside-unit',
    },
    {
      name: 'neither processes nor unit were seen',
      hosts: { ds1: without(dr.ds1, 'ps axww') },
      reason: 'state-unseen',
    },
    { name: 'no addresses', hosts: { ds1: without(killed, 'ip addr') }, reason: 'addresses-unseen' },
    {
      name: 'keepalived was stopped between the two looks',
      hosts: { ds1: { ...without(dr.ds1, 'ps axww'), 'systemctl stop keepalived': '', 'ps axww': PS_HTTPD } },
      reason: 'different-moments',
    },
    {
      name: 'pacemaker runs here and may have set it',
      hosts: { ds1: { ...dr.ds1, 'ps axww': `${PS_HTTPD}\n  700 ?        Ss     0:02 /usr/sbin/pacemakerd -f` } },
      reason: 'other-manager',
    },
  ],
})
