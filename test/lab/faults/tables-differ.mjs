export const fault = {
  name: 'tables-differ',
  root: 'ipvs-tables-differ',
  modes: ['dr'],
  note: "ds2's file lacks rs2",
  inject: `run ds2 'sed -i "/real_server 192.168.10.22/,/^    }/d" /etc/keepalived/keepalived.conf'`,
  symptom: {
    sh: `each "$DIRECTORS" 'ipvsadm -Sn'
echo "lines: $(on ds1 ipvsadm -Sn | wc -l) and $(on ds2 ipvsadm -Sn | wc -l)"`,
    proves: /lines: 3 and 2/m,
  },
}
