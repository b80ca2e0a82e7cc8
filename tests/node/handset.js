// Socket.IO's own JavaScript client as a third party would use it: node handset.js URL TOKEN NAMESPACE…
// Tells every event as a line of JSON. Reads lines of JSON: {namespace, emit, body} is emitted and its acknowledgement
// told, {leave: true} ends it. It connects again by itself, each time with the highest number it has seen.
'use strict';

const readline = require('node:readline');
const { io } = require('socket.io-client');

const [url, token, ...namespaces] = process.argv.slice(2);

const tell = told => process.stdout.write(JSON.stringify(told) + '\n');

const sockets = new Map(namespaces.map(namespace => {
  let last_seq = 0;
  const socket = io(url + namespace, {
    transports: ['websocket'],
    auth: give => give({ token, last_seq }),
    // Its own way of trying again, only quicker: a test does not wait for five seconds.
    reconnectionDelay: 40,
    reconnectionDelayMax: 200,
  });
  socket.on('connect', () => tell({ namespace, connect: socket.id }));
  socket.on('connect_error', error => tell({ namespace, refused: error.message, data: error.data ?? null }));
  socket.on('disconnect', reason => tell({ namespace, disconnect: reason }));
  socket.onAny((event, ...args) => {
    if (event === 'message') last_seq = Math.max(last_seq, args[0].seq);
    tell({ namespace, event, args });
  });
  return [namespace, socket];
}));

readline.createInterface({ input: process.stdin }).on('line', line => {
  const { namespace, emit, body, leave } = JSON.parse(line);
  if (leave) {
    for (const socket of sockets.values()) socket.disconnect();
    process.stdin.destroy();
    return;
  }
  sockets.get(namespace).timeout(5000).emit(emit, body, (error, answer) => {
    tell({ namespace, acknowledged: emit, answer: error ? String(error) : (answer ?? null) });
  });
});
