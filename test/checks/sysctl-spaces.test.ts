import { testCheck } from '../check-tester.ts'
import { dr } from './support/cluster.ts'

const KEY = 'net.ipv4.ip_nonlocal_bind'
const typed = (command: string, output = '') => ({ rs1: { hostname: 'rs1', [command]: output } })
const SYNTAX = 'sysctl: command line(0): invalid syntax, continuing...'

testCheck('sysctl-spaces', {
  fail: [
    {
      name: 'sysctl -w key = value',
      hosts: typed(`sysctl -w ${KEY} = 1`, SYNTAX),
      claims: [
        {
          message: 'blank-around-equals',
          data: { host: 'rs1', key: KEY, value: '1' },
          lines: [`[root@rs1 ~]# sysctl -w ${KEY} = 1`],
          severity: 'warning',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'one blank is enough, before or behind',
      hosts: typed(`sysctl -w ${KEY} =1 net.ipv4.ip_forward= 1`, SYNTAX),
      claims: [
        {
          message: 'blank-around-equals',
          data: { key: KEY },
          lines: [`[root@rs1 ~]# sysctl -w ${KEY} =1 net.ipv4.ip_forward= 1`],
        },
        {
          message: 'blank-around-equals',
          data: { key: 'net.ipv4.ip_forward' },
          lines: [`[root@rs1 ~]# sysctl -w ${KEY} =1 net.ipv4.ip_forward= 1`],
        },
      ],
    },
    {
      name: 'proposed in a text, without a prompt',
      hosts: { notes: `# set up\n\nsysctl -w ${KEY} = 1\n` },
      claims: [{ message: 'blank-around-equals', data: { value: '1' }, lines: [`sysctl -w ${KEY} = 1`] }],
    },
    {
      name: 'with sudo, in a list',
      hosts: typed(`cd /etc && sudo /sbin/sysctl -w ${KEY} = 1; ls`),
      claims: [
        {
          message: 'blank-around-equals',
          data: { key: KEY },
          lines: [`[root@rs1 ~]# cd /etc && sudo /sbin/sysctl -w ${KEY} = 1; ls`],
        },
      ],
    },
    {
      name: 'a read shows the old value',
      hosts: { rs1: { [`sysctl -w ${KEY} = 1`]: SYNTAX, [`sysctl ${KEY}`]: `${KEY} = 0` } },
      claims: [{ message: 'blank-around-equals', data: {}, lines: [`[root@rs1 ~]# sysctl -w ${KEY} = 1`] }],
    },
  ],
  pass: [
    { name: 'one word', hosts: typed(`sysctl -w ${KEY}=1`, `${KEY} = 1`) },
    {
      name: 'corrected right after',
      hosts: { rs1: { [`sysctl -w ${KEY} = 1`]: SYNTAX, [`sysctl -w ${KEY}=1`]: `${KEY} = 1` } },
    },
    {
      name: 'the value is there all the same',
      hosts: { rs1: { [`sysctl -w ${KEY} = 1`]: SYNTAX, 'cat /proc/sys/net/ipv4/ip_nonlocal_bind': '1' } },
    },
  ],
  notApplicable: [
    {
      name: 'blanks are legal in a file',
      hosts: { rs1: { hostname: 'rs1', 'cat /etc/sysctl.conf': `${KEY} = 1` } },
      reason: 'nothing-set',
    },
    {
      name: 'and when they are written to one',
      hosts: typed(`echo "${KEY} = 1" >> /etc/sysctl.conf`),
      reason: 'nothing-set',
    },
    { name: 'a value that is only read', hosts: typed(`sysctl -a | grep ${KEY}`, `${KEY} = 0`), reason: 'nothing-set' },
    {
      name: 'values from a file',
      hosts: typed('sysctl -p /etc/sysctl.d/90-lvs.conf', `${KEY} = 1`),
      reason: 'nothing-set',
    },
    { name: 'nothing of the kind', hosts: { rs1: dr.rs1 }, reason: 'nothing-set' },
  ],
})
