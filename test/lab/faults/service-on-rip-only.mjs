export const fault = {
  name: 'service-on-rip-only',
  root: 'rs-service-not-listening',
  modes: ['dr', 'tun'],
  note: "rs1's service is bound to its own address: the check is content, clients are refused",
  start: `run rs1 'busybox httpd -p $(ip -o -4 addr show eth0 | grep -o "192[0-9.]*" | head -1):80 -h /run/www'
web rs2
director ds1
director ds2`,
  symptom: { sh: `requests 4`, proves: /^requests: refused=2 rs2=2$/m },
}
