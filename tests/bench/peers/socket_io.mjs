// socket.io's own server, as its manual starts it: `PORT FILE`; GET /go emits what is in the file to everybody.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Server } from "socket.io";

const [port, file] = process.argv.slice(2);
const told = JSON.parse(readFileSync(file, "utf8"));
const http = createServer((_, answer) => {
  const at = process.hrtime.bigint();
  handsets.emit("broadcast", told);
  answer.end(String(at));
});
const handsets = new Server(http, { perMessageDeflate: false }).of("/handset");
handsets.on("connection", () => {});
http.listen({ port: Number(port), host: "127.0.0.1", backlog: 4096 });
