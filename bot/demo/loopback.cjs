// Loaded into the Playground by `node --require`. The Playground listens on every network interface and
// speaks for anyone who opens it; the demo bot trusts it, so nobody but this machine may reach it.
"use strict";
const { Server } = require("node:net");

const listen = Server.prototype.listen;

Server.prototype.listen = function listenOnLoopback(first, ...rest) {
  return typeof first === "number"
    ? listen.call(this, { port: first, host: "127.0.0.1" }, ...rest)
    : listen.call(this, first, ...rest);
};
