export const fault = {
  name: 'same-mac-twice',
  root: 'duplicate-mac',
  modes: ['dr'],
  note: "rs2 is a copy of rs1 and has its MAC: the switch sends both servers' packets to one port",
  inject: `run rs2 'ip link set eth0 address 52:54:00:00:00:21'`,
  // Round robin gives each server every second request; the switch knows one port only.
  symptom: { sh: `requests 8`, proves: /(timeout|no-route|reset)=|rs\d=[678]\b/ },
}
