import { testCheck } from '../check-tester.ts'
import { conf, VIP } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const GOOD = conf()
const onDs1 = (text: string, more: Record<string, string> = {}) => ({ ds1: { [CONF]: text, ...more } })

const BLOCK = `    virtual_ipaddress {\n        ${VIP}\n    }\n`
const NONE = GOOD.replace(BLOCK, '')
const holding = (line: string) => GOOD.replace(`        ${VIP}\n`, `        ${line}\n`)

/** A paste that ends inside the instance: no prompt follows. */
const cut = { ds1: `[root@ds1 ~]# ${CONF}\n${GOOD.slice(0, GOOD.indexOf('    virtual_ipaddress'))}` }

const SAID = 'Nov 20 13:24:13 ds1 Keepalived_vrrp[5]: (VI_1) No VIP specified; at least one is sensible'
const LOG = `
Nov 20 13:24:13 ds1 Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)
${SAID}`

testCheck('vrrp-instance-no-vip', {
  fail: [
    {
      name: 'no block at all',
      hosts: onDs1(NONE),
      claims: [
        {
          message: 'none-listed',
          data: { host: 'ds1', instance: 'VI_1' },
          lines: ['vrrp_instance VI_1 {'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'keepalived says so itself',
      hosts: onDs1(NONE, { 'cat /var/log/messages': LOG }),
      claims: [
        { message: 'none-listed', data: { instance: 'VI_1' }, lines: ['vrrp_instance VI_1 {', SAID], proof: 'direct' },
      ],
    },
    {
      name: 'the block is misspelt',
      hosts: onDs1(GOOD.replace('virtual_ipaddress {', 'virtual _ipaddress {')),
      claims: [{ message: 'none-listed', data: { instance: 'VI_1' }, lines: ['vrrp_instance VI_1 {'] }],
    },
    {
      name: 'a misspelt block in an instance with a notify script is a misspelt block',
      hosts: onDs1(GOOD.replace('virtual_ipaddress {', 'notify /etc/notify.sh\n    virtual_ipadress {')),
      claims: [{ message: 'none-listed', data: { instance: 'VI_1' }, lines: ['vrrp_instance VI_1 {'] }],
    },
    {
      name: 'an empty block',
      hosts: onDs1(GOOD.replace(`        ${VIP}\n`, '')),
      claims: [{ message: 'none-usable', data: { instance: 'VI_1' }, lines: ['virtual_ipaddress {'] }],
    },
    {
      name: 'an address that is none',
      hosts: onDs1(holding('192.168.10.300')),
      claims: [{ message: 'none-usable', data: { instance: 'VI_1' }, lines: ['virtual_ipaddress {'] }],
    },
    {
      name: 'the second of two instances',
      hosts: onDs1(`${GOOD}\n${NONE.replace('VI_1', 'VI_2')}`),
      claims: [{ message: 'none-listed', data: { instance: 'VI_2' }, lines: ['vrrp_instance VI_2 {'] }],
    },
  ],
  pass: [
    { name: 'one VIP', hosts: onDs1(GOOD) },
    { name: 'with prefix and interface', hosts: onDs1(holding(`${VIP}/24 dev eth0 label eth0:1`)) },
    { name: 'an IPv6 VIP', hosts: onDs1(holding('2001:db8::100/64')) },
    {
      name: 'excluded from the adverts only',
      hosts: onDs1(GOOD.replace('virtual_ipaddress {', 'virtual_ipaddress_excluded {')),
    },
    {
      name: 'none is wanted',
      hosts: onDs1(NONE.replace('    advert_int 1', '    advert_int 1\n    no_virtual_ipaddress')),
    },
  ],
  notApplicable: [
    {
      name: 'only virtual servers',
      hosts: onDs1(GOOD.slice(GOOD.indexOf('virtual_server'))),
      reason: 'no-instance',
    },
  ],
  undecided: [
    {
      name: 'a cloud address that a script moves',
      hosts: onDs1(NONE.replace('    advert_int 1', '    advert_int 1\n    notify_master /etc/keepalived/move-eip.sh')),
      reason: 'moved-by-script',
    },
    { name: 'a variable', hosts: onDs1(`$VIP = ${VIP}\n${holding('$VIP')}`), reason: 'filled-elsewhere' },
    {
      name: 'an include inside the instance',
      hosts: onDs1(GOOD.replace(BLOCK, '    include vips.conf\n')),
      reason: 'filled-elsewhere',
    },
    { name: 'an included file was not seen', hosts: onDs1(`include more.conf\n${GOOD}`), reason: 'incomplete' },
  ],
  notChecked: [{ name: 'the end is missing', hosts: cut }],
})
