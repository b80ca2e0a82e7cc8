// Concerns sealed and opened as a browser does it: libsodium's own JavaScript, and the platform's HKDF. Written from
// infra/decisions/0026 and the docstrings of backend/concerns alone; reads [[what, given], …] and writes the answers.
'use strict';

const sodium = require('libsodium-wrappers-sumo');

const CLASSES = [1, 4, 16, 64, 256, 1024].map(size => size * 1024);

const bytes = text => new Uint8Array(Buffer.from(text, 'base64'));
const text = raw => Buffer.from(raw).toString('base64');
const each = (object, f) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, f(value)]));

function pad(plain) {
  const size = CLASSES.find(one => one >= plain.length + 4);
  const padded = new Uint8Array(size);
  new DataView(padded.buffer).setUint32(0, plain.length);
  padded.set(plain, 4);
  return padded;
}

function unpad(padded) {
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  return padded.slice(4, 4 + length);
}

function together(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function secretbox(plain, key) {
  const nonce = sodium.randombytes_buf(sodium.crypto_secretbox_NONCEBYTES);
  return together(nonce, sodium.crypto_secretbox_easy(plain, nonce, key));
}

function unbox(box, key) {
  const nonce = box.slice(0, sodium.crypto_secretbox_NONCEBYTES);
  return sodium.crypto_secretbox_open_easy(box.slice(nonce.length), nonce, key);
}

const openSealed = (sealed, key) => sodium.crypto_box_seal_open(sealed, sodium.crypto_scalarmult_base(key), key);

async function drawn(receipt, info, length) {
  const utf8 = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', utf8.encode(receipt), 'HKDF', false, ['deriveBits']);
  const how = {name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8.encode(info)};
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, length * 8));
}

const stretched = (passphrase, salt, rounds, memory) => sodium.crypto_pwhash(
  32, passphrase.normalize('NFKC'), salt, rounds, memory, sodium.crypto_pwhash_ALG_ARGON2ID13);

async function keyId(publicKey) {
  return Buffer.from(await crypto.subtle.digest('SHA-256', publicKey)).toString('hex').slice(0, 16);
}

const WORK = {
  seal({plain, keys}) {
    const dataKey = sodium.randombytes_buf(32);
    const copies = each(keys, key => text(sodium.crypto_box_seal(dataKey, bytes(key))));
    return {box: text(secretbox(pad(bytes(plain)), dataKey)), copies};
  },

  open({box, copy, key}) {
    return text(unpad(unbox(bytes(box), openSealed(bytes(copy), bytes(key)))));
  },

  share({copy, key, to}) {
    return text(sodium.crypto_box_seal(openSealed(bytes(copy), bytes(key)), bytes(to)));
  },

  openSealed({sealed, key}) {
    return text(unpad(openSealed(bytes(sealed), bytes(key))));
  },

  async mailbox({receipt}) {
    const key = await drawn(receipt, 'bluelight concern key', 32);
    const id = Buffer.from(await drawn(receipt, 'bluelight concern mailbox', 16)).toString('hex');
    return {id, key: text(key), publicKey: text(sodium.crypto_scalarmult_base(key))};
  },

  openKeyFile({file, passphrase}) {
    const {salt, rounds, memory, box} = JSON.parse(file).private_key;
    return text(unbox(bytes(box), stretched(passphrase, bytes(salt), rounds, memory)));
  },

  async keyFile({passphrase, rounds, memory}) {
    const pair = sodium.crypto_box_keypair();
    const salt = sodium.randombytes_buf(sodium.crypto_pwhash_SALTBYTES);
    const box = secretbox(pair.privateKey, stretched(passphrase, salt, rounds, memory));
    return JSON.stringify({
      what: 'bluelight adviser key',
      version: 1,
      public_key: text(pair.publicKey),
      fingerprint: await keyId(pair.publicKey),
      made_on: '2026-11-23',
      private_key: {kdf: 'argon2id13', rounds, memory, salt: text(salt), box: text(box)},
    });
  },
};

async function main() {
  await sodium.ready;
  let asked = '';
  for await (const piece of process.stdin) asked += piece;
  const answers = [];
  for (const [what, given] of JSON.parse(asked)) answers.push(await WORK[what](given));
  process.stdout.write(JSON.stringify(answers));
}

main();
