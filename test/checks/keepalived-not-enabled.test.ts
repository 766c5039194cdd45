import { testCheck } from '../check-tester.ts'
import { conf, dr, PS_KEEPALIVED } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const STATUS = 'systemctl status keepalived'
const IS = 'systemctl is-enabled keepalived'
const base = { [CONF]: conf() }

/** As CentOS 7 prints it. */
const loaded = (state: string) =>
  `Loaded: loaded (/usr/lib/systemd/system/keepalived.service; ${state}; vendor preset: disabled)`
const status = (state: string) => `
● keepalived.service - LVS and VRRP High Availability Monitor
   ${loaded(state)}
   Active: active (running) since Tue 2018-07-03 00:13:38 UTC; 7s ago`

testCheck('keepalived-not-enabled', {
  fail: [
    {
      name: 'started by hand: active and disabled',
      hosts: { ds1: { ...base, [STATUS]: status('disabled') } },
      claims: [
        {
          message: 'not-at-boot',
          data: { host: 'ds1', state: 'disabled' },
          lines: [loaded('disabled')],
          severity: 'warning',
          proof: 'direct',
          hosts: ['ds1'],
        },
      ],
    },
    {
      name: 'is-enabled says disabled',
      hosts: { ds1: { ...base, [IS]: 'disabled' } },
      claims: [{ message: 'not-at-boot', data: { state: 'disabled' }, lines: ['disabled'] }],
    },
    {
      name: 'enabled until the next reboot only',
      hosts: { ds1: { ...base, [IS]: 'enabled-runtime' } },
      claims: [{ message: 'not-at-boot', data: { state: 'enabled-runtime' }, lines: ['enabled-runtime'] }],
    },
    {
      name: 'masked',
      hosts: { ds1: { ...base, [IS]: 'masked' } },
      claims: [{ message: 'masked', data: { state: 'masked' }, lines: ['masked'] }],
    },
  ],
  pass: [
    { name: 'enabled', hosts: { ds1: { ...base, [STATUS]: status('enabled') } } },
    { name: 'is-enabled says so', hosts: { ds1: { ...base, [IS]: 'enabled' } } },
  ],
  notApplicable: [
    {
      name: 'Pacemaker starts it',
      hosts: {
        ds1: {
          ...base,
          [IS]: 'disabled',
          'ps axww': `${PS_KEEPALIVED}\n  600 ?        Ss     0:02 /usr/sbin/pacemakerd -f`,
        },
      },
      reason: 'cluster-manager',
    },
    { name: 'another unit starts it', hosts: { ds1: { ...base, [IS]: 'static' } }, reason: 'started-otherwise' },
    {
      name: 'no such unit: it runs in a container',
      hosts: {
        ds1: { ...base, [IS]: 'Failed to get unit file state for keepalived.service: No such file or directory' },
      },
      reason: 'no-unit',
    },
  ],
  undecided: [
    {
      name: 'disabled and not running, and the VIP is here: something else has started a keepalived',
      hosts: {
        ds1: {
          ...base,
          'ip addr': dr.ds1['ip addr'] ?? '',
          [STATUS]: status('disabled').replace(/active \(running\).*/, 'inactive (dead)'),
        },
      },
      reason: 'outside-unit',
    },
    {
      name: 'only that it is active',
      hosts: { ds1: { ...base, 'systemctl is-active keepalived': 'active' } },
      reason: 'boot-unseen',
    },
  ],
  notChecked: [
    { name: 'it runs, and nothing tells how it was started', hosts: { ds1: { ...base, 'ps axww': PS_KEEPALIVED } } },
    {
      name: 'enabled after the last look',
      hosts: { ds1: { ...base, [STATUS]: status('disabled'), 'systemctl enable keepalived': '' } },
    },
  ],
  notMeant: [{ name: 'a real server', hosts: { rs1: dr.rs1, ds1: dr.ds1, ds2: dr.ds2 } }],
})
