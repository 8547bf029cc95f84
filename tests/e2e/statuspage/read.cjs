// Reads a status page with the npm client `statuspage.io` and prints what it understood, as JSON.
// Its own `getActive` asks for the file of upcoming maintenances, so that file is read beside it.
const { Statuspage } = require("statuspage.io");

async function main(address) {
  const client = new Statuspage("ours");
  client.setApiUrl(address);
  const { api } = client;
  const active = await fetch(`${address}/api/v2/scheduled-maintenances/active.json`);
  console.log(JSON.stringify({
    summary: await api.getSummary(),
    status: await api.getStatus(),
    components: await api.getComponents(),
    incidents: await api.incidents.getAll(),
    unresolved: await api.incidents.getUnresolved(),
    maintenances: await api.scheduledMaintenances.getAll(),
    upcoming: await api.scheduledMaintenances.getUpcoming(),
    active: await active.json(),
  }));
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
