// Stands in for Google over TLS: pushes by HTTP/2 on one port, and by HTTP/1.1 with access tokens on another.
// Lines of JSON come in (what to answer) and go out (what was asked); it ends with its input.
'use strict';

const http2 = require('node:http2');
const https = require('node:https');
const fs = require('node:fs');
const readline = require('node:readline');

const [certificate, key] = process.argv.slice(2).map((name) => fs.readFileSync(name));
const WELL = {status: 200, body: '{"name": "projects/demo-campus/messages/1"}'};

// `rules`: the first whose prefix the target has; `times` of them, then it is passed over.
let rules = [];
let latency = 0;
let remembers = true;
let streams = 100;
let goaway = null; // {after}: a connection takes so many pushes, refuses what comes after them, and goes; once, or `again` and again
let passesRefused = false;
let asked = [];
let counts = {pushes: 0, connections: 0, most: 0, passes: 0, atOnce: 0};
const began = process.hrtime.bigint();
const now = () => Number(process.hrtime.bigint() - began) / 1e9;

const TARGET = /"(?:fid|token|topic)": "((?:[^"\\]|\\.)*)"/;
const targetOf = (body) => (TARGET.exec(body) || ['', ''])[1];

function ruleFor(target, dry) {
  for (const rule of rules) {
    if (!target.startsWith(rule.prefix) || (rule.dry !== undefined && rule.dry !== dry)) continue;
    if (rule.times === 0) continue;
    if (rule.times) rule.times -= 1;
    return rule.reply;
  }
  return WELL;
}

function take(body, bearer, connection) {
  counts.pushes += 1;
  counts.atOnce += 1;
  counts.most = Math.max(counts.most, counts.atOnce);
  const target = targetOf(body);
  const dry = body.includes('"validate_only": true');
  if (remembers) asked.push({at: now(), target, dry, bearer, body, connection});
  return ruleFor(target, dry);
}

// HTTP/2

const server = http2.createSecureServer({cert: certificate, key});
server.on('error', () => {});
server.on('sessionError', () => {});
server.on('session', (session) => {
  counts.connections += 1;
  session.number = counts.connections;
  session.taken = 0;
  session.on('error', () => {});
  session.settings({maxConcurrentStreams: streams});
});
server.on('stream', (stream, headers) => {
  const parts = [];
  stream.on('error', () => {});
  stream.on('data', (part) => parts.push(part));
  stream.on('end', () => push(stream, headers, Buffer.concat(parts).toString()));
});

function push(stream, headers, body) {
  const session = stream.session;
  if (!session || session.destroyed || session.leaving) return;
  session.taken += 1;
  if (goaway && session.taken > goaway.after) {
    // Refused: not taken, and said so by the number of the last one that was.
    if (!session.leaving) leave(session, stream.id - 2);
    return;
  }
  const bearer = (headers.authorization || '').replace('Bearer ', '');
  const reply = take(body, bearer, session.number);
  const answer = () => {
    counts.atOnce -= 1;
    if (stream.destroyed) return;
    if (reply.status === 'hang') return;
    if (reply.status === 'reset') return session.socket.resetAndDestroy ? cut(session) : session.destroy();
    if (reply.status === 'refuse') return stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
    stream.respond({':status': reply.status, 'content-type': 'application/json', ...reply.headers});
    stream.end(reply.body);
  };
  if (latency) setTimeout(answer, latency);
  else answer();
}

function leave(session, last) {
  session.leaving = true;
  goaway = goaway.again ? goaway : null;
  session.goaway(http2.constants.NGHTTP2_NO_ERROR, last);
  // Whoever was taken is still answered.
  setTimeout(() => session.destroy(), latency + 300);
}

const plain = new Map();
server.on('connection', (socket) => plain.set(`${socket.remotePort}`, socket));
function cut(session) {
  const socket = plain.get(`${session.socket.remotePort}`);
  if (socket && socket.resetAndDestroy) socket.resetAndDestroy();
  else session.destroy();
}

// HTTP/1.1: access tokens, and pushes of a client that speaks nothing newer

const older = https.createServer({cert: certificate, key}, (request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const json = {'content-type': 'application/json'};
    if (request.url === '/token') {
      counts.passes += 1;
      response.writeHead(passesRefused ? 400 : 200, json);
      const pass = {access_token: `pass-${counts.passes}`, expires_in: 3599};
      return response.end(JSON.stringify(passesRefused ? {error: 'invalid_grant'} : pass));
    }
    const bearer = (request.headers.authorization || '').replace('Bearer ', '');
    const reply = take(Buffer.concat(parts).toString(), bearer, 0);
    setTimeout(() => {
      counts.atOnce -= 1;
      if (reply.status === 'hang') return;
      if (reply.status === 'reset') return request.socket.destroy();
      response.writeHead(reply.status, {...json, ...reply.headers});
      response.end(reply.body);
    }, latency);
  });
});
older.keepAliveTimeout = 60_000;

const say = (told) => process.stdout.write(`${JSON.stringify(told)}\n`);

server.listen(0, '127.0.0.1', 4096, () =>
  older.listen(0, '127.0.0.1', 4096, () => {
    say({port: server.address().port, older: older.address().port});
    readline.createInterface({input: process.stdin}).on('line', (line) => {
      const told = JSON.parse(line);
      if ('rules' in told) rules = told.rules;
      if ('latency_ms' in told) latency = told.latency_ms;
      if ('remembers' in told) remembers = told.remembers;
      if ('streams' in told) streams = told.streams;
      if ('goaway' in told) goaway = told.goaway;
      if ('refuses_passes' in told) passesRefused = told.refuses_passes;
      if (told.forget) {
        asked = [];
        counts = {...counts, pushes: 0, most: 0};
      }
      say({...counts, asked: told.asked ? asked : null});
    }).on('close', () => process.exit(0));
  }),
);
