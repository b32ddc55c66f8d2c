// SPDX-License-Identifier: MIT
// node reference_node.js FOLDER: a broadcast as platforms on the web do it, with the ws package: what one client says is
// sent to all others. It prints `ready` and its port, and serves until its standard input ends.
'use strict';
const fs = require('fs');
const https = require('https');
const path = require('path');
const { WebSocketServer, WebSocket } = require('ws');

const file = (name) => fs.readFileSync(path.join(process.argv[2], name));
const server = https.createServer({
  cert: file('server.pem'),
  key: file('server.key'),
  ca: file('audience.pem'),
  requestCert: true,
  rejectUnauthorized: true,
  minVersion: 'TLSv1.3',
});
const sockets = new WebSocketServer({ server });

// The loop of the package's own manual. The bytes are those that came: nothing is made anew for each client.
sockets.on('connection', (from) => {
  from.on('error', () => {});
  from.on('message', (data, isBinary) => {
    for (const client of sockets.clients)
      if (client !== from && client.readyState === WebSocket.OPEN) client.send(data, { binary: isBinary });
  });
});
server.listen(0, '127.0.0.1', 1024, () => console.log(`ready ${server.address().port} ${server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();
