import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../src/transcript/redact.ts'
import { read } from './read.ts'

describe('secrets', () => {
  it.each([
    ['        auth_pass 1111', '        auth_pass <secret-1913/4>'],
    ['auth_pass "long secret" # shared', 'auth_pass "<secret-1092/11>" # shared'],
    [
      'authentication { auth_type PASS auth_pass s3cret }',
      'authentication { auth_type PASS auth_pass <secret-1910/6> }',
    ],
    [
      "sed -i 's/auth_pass 1111/auth_pass 2222/' k.conf",
      "sed -i 's/auth_pass <secret-1913/4>/auth_pass <secret-1530/6> k.conf",
    ],
    [
      '10.0.0.1 > 224.0.0.18: VRRPv2, addrs: 10.0.0.9 auth "1111^@^@^@^@"',
      '10.0.0.1 > 224.0.0.18: VRRPv2, addrs: 10.0.0.9 auth "<secret-1913/4>"',
    ],
    ['password = hunter2', 'password = <secret-1266/7>'],
    ['DB_PASSWORD=hunter2', 'DB_PASSWORD=<secret-1266/7>'],
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic <secret-1314/12>'],
    ['curl http://admin:geheim@10.0.0.1/', 'curl http://admin:<secret-1706/6>@10.0.0.1/'],
    ['curl -u admin:geheim http://10.0.0.1/', 'curl -u admin:<secret-1706/6> http://10.0.0.1/'],
    ['mysql --password=geheim -h db', 'mysql --password=<secret-1706/6> -h db'],
    ['sshpass -p geheim ssh root@rs1', 'sshpass -p <secret-1706/6> ssh root@rs1'],
  ])('%s', (line, masked) => {
    expect(createRedactor().line(line)).toBe(masked)
  })

  it.each([
    'Keepalived_vrrp[7]: Truncating auth_pass to 8 characters',
    '[sudo] password for root: ',
    'notify_fifo /run/keepalived.fifo',
    'auth_type PASS',
    'sudo: root : PWD=/root ; COMMAND=/sbin/ip a',
    'auth_pass <secret-1003/4>',
    'IP 10.0.0.1 > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio 100, authtype simple, intvl 1s, length 20',
  ])('leaves %s', (line) => {
    expect(createRedactor().line(line)).toBe(line)
  })

  it('gives equal tokens to what keepalived takes for equal: the first eight bytes', () => {
    const { line } = createRedactor()
    expect(line('auth_pass 1234567890')).toBe('auth_pass <secret-1451/10>')
    expect(line('auth_pass 12345678')).toBe('auth_pass <secret-1451/8>')
    expect(line('auth_pass 1234567x')).toBe('auth_pass <secret-1515/8>')
    expect(line('addrs: 10.0.0.9 auth "12345678"')).toBe('addrs: 10.0.0.9 auth "<secret-1451/8>"')
  })

  it('compares across runs and hosts: what one masked is equal to what another masks', () => {
    const once = createRedactor().line('auth_pass 1111')
    expect(createRedactor().line('auth_pass 1111')).toBe(once)
    expect(createRedactor().line(once)).toBe(once)
  })

  it('takes the password as keepalived does: up to the comment sign, and shows nothing of the rest', () => {
    const { line } = createRedactor()
    expect(line('auth_pass ab#cd')).toBe(line('auth_pass ab'))
  })

  it('hides private keys', () => {
    const { line } = createRedactor()
    const key = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEpAIBAAKCAQEA', '-----END RSA PRIVATE KEY-----', 'ip addr']
    expect(key.map(line)).toEqual([key[0], '<secret-key>', key[2], 'ip addr'])
  })

  it('keeps them out of the source, the sections and the commands', () => {
    const transcript = read(
      '[root@ds1 ~]# grep auth_pass k.conf\n    auth_pass GEHEIM\n[root@ds1 ~]# echo "auth_pass GEHEIM" >> k.conf\n',
    )
    expect(JSON.stringify(transcript)).not.toContain('GEHEIM')
  })
})
