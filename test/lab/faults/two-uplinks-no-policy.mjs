export const fault = {
  name: 'two-uplinks-no-policy',
  root: 'rs-multiline-return',
  modes: ['dr2', 'vlan'],
  note: "answers of one line's VIP leave by the other line, whose router drops them",
  inject: `each 'rs1 rs2' 'ip rule del from 192.168.10.100 lookup 10 2>/dev/null || ip rule del from 192.168.30.100 lookup 200'`,
  symptom: { sh: `requests 3 client \${VIP_B:-$VIP}`, proves: /^requests: timeout=3$/m },
}
