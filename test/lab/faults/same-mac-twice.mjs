export const fault = {
  name: 'same-mac-twice',
  root: 'duplicate-mac',
  modes: ['dr'],
  note: "rs2 is a copy of rs1 and has its MAC: the switch sends both servers' packets to one port",
  inject: `run rs2 'ip link set eth0 address 52:54:00:00:00:21'`,
  symptom: { sh: `requests 8`, proves: /(timeout|no-route)=|requests: rs\d=8$/m },
}
