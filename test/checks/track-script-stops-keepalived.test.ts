import { describe, expect, it } from 'vitest'
import { stopsKeepalived } from '../../src/topology/script-deeds.ts'
import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { CAT, ds1, FILE, GOOD_CHECK, NGINX_CHECK, tracking } from './support/scripts.ts'

testCheck('track-script-stops-keepalived', {
  fail: [
    {
      name: 'the copied guide',
      hosts: ds1(tracking(), { [CAT]: NGINX_CHECK }),
      claims: [
        {
          message: 'stops-itself',
          data: { host: 'ds1', script: 'chk', file: FILE, command: 'service keepalived stop' },
          lines: ['service keepalived stop', `script "${FILE}"`],
          hosts: ['ds1'],
          severity: 'warning',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'behind ||',
      hosts: ds1(tracking(), { [CAT]: '#!/bin/sh\npidof nginx || systemctl stop keepalived.service' }),
      claims: [{ message: 'stops-itself', data: {}, lines: ['pidof nginx || systemctl stop keepalived.service'] }],
    },
  ],
  pass: [
    { name: 'exit 1', hosts: ds1(tracking(), { [CAT]: GOOD_CHECK }) },
    {
      name: 'only in a comment',
      hosts: ds1(tracking(), { [CAT]: '#!/bin/sh\n# service keepalived stop\npidof nginx' }),
    },
    { name: 'no file', hosts: ds1(tracking({ script: 'killall -0 nginx' })) },
  ],
  notApplicable: [{ name: 'no script', hosts: ds1(conf()), reason: 'none-tracked' }],
  undecided: [
    { name: 'its text was not seen', hosts: ds1(tracking()), reason: 'text-unseen' },
    {
      name: 'a command that names keepalived',
      hosts: ds1(tracking({ script: "/bin/sh -c 'pidof nginx || service keepalived stop'" })),
      reason: 'text-unseen',
    },
    { name: 'an included file was not seen', hosts: ds1(`include more.conf\n${conf()}`), reason: 'incomplete' },
  ],
})

describe('a command stops keepalived', () => {
  it.each([
    'service keepalived stop',
    'systemctl stop keepalived',
    'sudo /bin/systemctl stop keepalived.service',
    '/etc/init.d/keepalived stop',
    'killall keepalived',
    'killall -9 keepalived',
    'pkill -x keepalived',
    'pkill -TERM keepalived',
  ])('%s', (text) => expect(stopsKeepalived(text.split(' '))).toBe(true))
  it('kill $(cat /run/keepalived.pid)', () =>
    expect(stopsKeepalived(['kill', '$(cat /run/keepalived.pid)'])).toBe(true))
  it.each([
    'service keepalived restart',
    'systemctl restart keepalived',
    'service nginx stop',
    'killall -0 keepalived',
    'killall -HUP keepalived',
    'pkill -USR1 keepalived',
    'pidof keepalived',
    'echo service keepalived stop',
  ])('not: %s', (text) => expect(stopsKeepalived(text.split(' '))).toBe(false))
})
