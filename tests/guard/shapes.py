"""Secrets in every shape that the guard knows, and public values that resemble them, by name.

All are made from seeds when the tests run, so that no file holds anything like a key.
"""

from __future__ import annotations

import base64
import binascii
import json

import base58

from tests.guard.samples import (
    address,
    base58_of,
    base58check_of,
    digits,
    extended_key,
    raw,
    solana_pair,
    solana_signature,
    wif,
)

KEY = digits("key")
OTHER = digits("other key")
PAIR = solana_pair("pair")
SECRET = base58_of(PAIR)
PEM = "-----BEGIN {0}PRIVATE KEY{1}-----\nMHcCAQEE\n-----END {0}PRIVATE KEY{1}-----"
KEYSTORE = {
    "version": 3,
    "address": address("keystore")[2:],
    "crypto": {
        "cipher": "aes-128-ctr",
        "ciphertext": digits("cipher"),
        "cipherparams": {"iv": raw("iv", 16).hex()},
        "kdf": "scrypt",
        "kdfparams": {"n": 262144, "salt": digits("salt")},
        "mac": digits("mac"),
    },
}
POLKADOT = {"encoded": "MHcCAQEE", "encoding": {"content": ["pkcs8", "sr25519"], "version": "3"}}


def cut(text: str, size: int, between: str) -> str:
    """The text in pieces."""
    return between.join(text[at : at + size] for at in range(0, len(text), size))


def stellar_seed(mark: int = 18 << 3) -> str:
    """A secret seed of Stellar."""
    body = bytes([mark]) + raw("stellar")
    return base64.b32encode(body + binascii.crc_hqx(body, 0).to_bytes(2, "little")).decode()


def ripple_seed(mark: bytes) -> str:
    """A family seed of the XRP ledger."""
    body = mark + raw("ripple", 16)
    return base58.b58encode_check(body, alphabet=base58.RIPPLE_ALPHABET).decode()


HEX_KEYS = {
    "bare": KEY,
    "with 0x": "0x" + KEY,
    "upper case": KEY.upper(),
    "upper case with 0X": "0X" + KEY.upper(),
    "in JSON": json.dumps({"privateKey": KEY}),
    "named a key": "private key: 0x" + KEY,
    "in an unknown explorer, named a key": f"my private key https://explorer.example/tx/0x{KEY}",
    "in a look-alike, named a key": f"my private key https://notetherscan.io/tx/0x{KEY}",
    "in the wrong path of an explorer": "https://etherscan.io/address/0x" + KEY,
    "a transaction and a key": f"this tx was made with my private key 0x{KEY}",
    "a transaction too far away": f"that transaction was last week, and {'very ' * 8} slow 0x{KEY}",
    "a second value outside the list": f"tx 0x{KEY} was made by me with the other one, 0x{OTHER}",
    "two": f"{KEY} {OTHER}",
    "two glued": KEY + OTHER,
    "two glued with 0x": "0x" + KEY + OTHER,
    "three glued": KEY + OTHER + digits("third"),
    "padded to 33 bytes": "00" + KEY,
    "in pairs": cut(KEY, 2, " "),
    "in pairs with 0x": cut(KEY, 2, ", 0x").join(["[0x", "]"]),
    "in pairs with colons": cut(KEY, 2, ":"),
    "in fours": cut(KEY, 4, " "),
    "in eights with dashes": cut(KEY, 8, "-"),
    "single digits": " ".join(KEY),
    "in halves on lines": cut(KEY, 32, "\n"),
    "in quoted mail": cut(KEY, 22, "\n> "),
    "broken unevenly": cut(KEY, 50, " \n  "),
    "broken with 0x": "0x" + cut(KEY, 30, "\n"),
    "between words of digits": f"it must be {cut(KEY, 16, ' ')} add it",
    "zero-width spaces": "\u200b".join(KEY),
    "soft hyphens": "\u00ad".join(KEY),
    "full width": "".join(chr(ord(char) + 0xFEE0) for char in KEY),
    "percent-encoded": "".join(f"%{ord(char):02x}" for char in KEY),
    "named with its notation": f"my private key in hex {KEY}",
    "named a phrase": f"my seed phrase {KEY}",
    "one digit lost": f"my private key is {KEY[:-1]}",
    "two digits too many": f"my private key is {KEY}ab",
}
PROVEN_KEYS = {
    "WIF": wif("a"),
    "WIF, uncompressed": wif("a", compressed=False),
    "WIF of a test network": wif("a", version=0xEF),
    "WIF broken by a line end": cut(wif("a"), 30, "\n"),
    "WIF in fours": cut(wif("a"), 4, " "),
    "WIF with a slip, named": f"my private key {wif('a')[:-2]}zz",
    "BIP-38": base58check_of(b"\x01\x42" + raw("bip38", 37)),
    "BIP-38, other mode": base58check_of(b"\x01\x43" + raw("bip38", 37)),
    "xprv": extended_key("x"),
    "yprv": extended_key("x", "049d7878"),
    "zprv": extended_key("x", "04b2430c"),
    "tprv": extended_key("x", "04358394"),
    "xprv with a slip": extended_key("x")[:-3] + "abc",
    "xprv broken by a line end": cut(extended_key("x"), 60, "\n"),
    "Solana": SECRET,
    "Solana broken by a line end": cut(SECRET, 40, "\n"),
    "Solana as NEAR writes it": f"ed25519:{SECRET}",
    "Solana in base64": base64.b64encode(PAIR).decode(),
    "Solana in base64 for addresses": base64.urlsafe_b64encode(PAIR).decode(),
    "Solana in hexadecimal": PAIR.hex(),
    "array of 64 bytes": json.dumps(list(PAIR)),
    "array of 64 bytes, one a line": json.dumps(list(PAIR), indent=2),
    "64 bytes without brackets": " ".join(map(str, PAIR)),
    "object of 64 bytes": json.dumps({str(at): byte for at, byte in enumerate(PAIR)}),
    "array of 32 bytes": json.dumps(list(raw("array"))),
    "object of 32 bytes": json.dumps({str(at): byte for at, byte in enumerate(raw("array"))}),
    "32 bytes, named": "secret " + ", ".join(map(str, raw("array"))),
    "32 bytes in base58, named": f"private key: {base58_of(raw('seed'))}",
    "32 bytes in base58, named in words": f"my secret key is here: {base58_of(raw('seed'))}",
    "32 bytes in base64, named with its notation": "my private key in base64 "
    + base64.b64encode(raw("notation", 32)).decode(),
    "PEM": PEM.format("", ""),
    "PEM of a curve": PEM.format("EC ", ""),
    "PEM of OpenSSH": PEM.format("OPENSSH ", ""),
    "PGP": PEM.format("PGP ", " BLOCK"),
    "PEM without its end": PEM.format("RSA ", "")[:50],
    "PEM with typographic dashes": "\u2014\u2013BEGIN PRIVATE KEY\u2014\u2013",
    "PuTTY": "PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAA",
    "age": "AGE-SECRET-KEY-1" + "Q" * 58,
    "Nostr": "nsec1" + "q" * 58,
    "Sui": "suiprivkey1" + "q" * 60,
    "Cardano": "root_xsk1" + "q" * 150,
    "Cardano in capitals": "ROOT_XSK1" + "Q" * 150,
    "EOS": "PVT_K1_" + "a" * 50,
    "Tezos": "edsk" + "a" * 50,
    "NEAR, other curve": "secp256k1:" + base58_of(raw("near")),
    "Stellar": stellar_seed(),
    "XRP": ripple_seed(b"\x21"),
    "XRP, other curve": ripple_seed(b"\x01\xe1\x4b"),
}
KEYSTORES = {
    "in one line": json.dumps(KEYSTORE),
    "on many lines": json.dumps(KEYSTORE, indent=4),
    "in a string": json.dumps(json.dumps(KEYSTORE)),
    "capital Crypto": json.dumps(KEYSTORE).replace("crypto", "Crypto"),
    "single quotes": str(KEYSTORE),
    "without its beginning": json.dumps(KEYSTORE)[100:],
    "without its end": json.dumps(KEYSTORE)[:-120],
    "of Polkadot": json.dumps(POLKADOT),
}
TRANSACTIONS = {
    "without 0x": "tx hash: " + KEY,
    "a word before": f"tx 0x{KEY}",
    "a word after": f"0x{KEY} is the transaction",
    "hash": f"Hash: 0x{KEY}",
    "txid": f"txid=0x{KEY}",
    "block": f"in block 0x{KEY}",
    "JSON": json.dumps({"tx_hash": "0x" + KEY}),
    "an explorer": f"https://etherscan.io/tx/0x{KEY}",
    "an explorer without scheme": f"see basescan.org/tx/0x{KEY}?a=1",
    "a subdomain of an explorer": f"(https://sepolia.etherscan.io/tx/0x{KEY})",
    "an explorer beside talk of keys": f"my private key was stolen: https://arbiscan.io/tx/0x{KEY}",
    "an explorer that nobody knows": f"https://explorer.example/tx/0x{KEY}",
    "an explorer of messages": f"https://ccip.chain.link/#/side-drawer/msg/0x{KEY}",
    "a list": f"Transactions:\n1. 0x{KEY}\n2. 0x{OTHER}\n3. 0x{digits('third')}",
    "a list in a sentence": f"the hashes are 0x{KEY}, 0x{OTHER} and 0x{digits('third')}",
}
PUBLIC = {
    "an address": address("a"),
    "several addresses": f"{address('a')}, {address('b')} {address('c')}",
    "UUIDs": "123e4567-e89b-12d3-a456-426614174000 123e4567-e89b-12d3-a456-426614174001",
    "SHA-1": raw("commit", 20).hex(),
    "call data": "0xa9059cbb" + "0" * 24 + address("b")[2:] + f"{10**18:064x}",
    "random call data": "0xa9059cbb" + KEY + OTHER,
    "call data of one word": "0xa9059cbb" + KEY,
    "data of a log": "0x" + KEY + OTHER + digits("third"),
    "a signature": "0x" + raw("signature", 65).hex(),
    "a padded address": "0x" + "0" * 24 + address("b")[2:],
    "nothing": "0x" + "0" * 64,
    "the largest number": "0x" + "f" * 64,
    "a public key": "public key 02" + KEY,
    "a public extended key": extended_key("x", "0488b21e", 2),
    "a Solana address": base58_of(raw("account")),
    "a Solana public key": f"public key: {base58_of(raw('account'))}",
    "a Solana address after talk of keys": f"My private key is safe, it is {base58_of(raw('b'))}",
    "two Solana addresses": f"{base58_of(raw('account'))} {base58_of(raw('b'))}",
    "a Solana signature": solana_signature("a"),
    "Solana signatures": f"{solana_signature('a')}\n{solana_signature('b')}",
    "a Solana signature in base64": base64.b64encode(raw("signature", 64)).decode(),
    "a signature as an array": json.dumps(list(raw("signature", 64))),
    "a WIF with a slip": wif("a")[:-2] + "zz",
    "the checksum of another kind": base58check_of(b"\x05" + raw("script", 37)),
    "numbers": "1234 5678 " * 20,
    "numbers in scientific notation": " ".join(f"{1.5 * 7**at:.7e}"[:10] for at in range(40)),
    "counting": json.dumps(list(range(1, 33))),
    "thirty-two small numbers": json.dumps([(7 * at) % 101 for at in range(32)]),
    "thirty-two large numbers": json.dumps([at * 300 % 999 for at in range(32)]),
    "thirty-two bytes in a sentence": " ".join(map(str, raw("bytes"))),
    "hardware addresses": "\n".join(cut(raw(f"card {at}", 6).hex(), 2, ":") for at in range(8)),
    "a hexadecimal word too short": raw("half", 16).hex(),
    "groups that make a key only in the middle": f"{KEY[:30]} {KEY[:34]} {KEY[:30]}1",
    "digits among addresses": f"{KEY[:24]} {address('a')}",
    "a Stellar account": stellar_seed(6 << 3),
    "the shape of a Stellar seed": "S" + "A" * 55,
    "the shape of an XRP seed": "s" + "r" * 28,
    "XRP, another kind": ripple_seed(b"\x05"),
    "talk of a keystore": "My keystore has a mac and a cipher text, I think: scrypt.",
    "talk of PEM": "Is it a private key that begins with BEGIN PRIVATE KEY?",
}
SECRET_OF_AWS = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKE"
SERVICES = {
    "GitHub": "ghp_" + "aB3" * 12,
    "GitHub, finely grained": "github_pat_" + "aB3_" * 20,
    "GitLab": "glpat-" + "aB3-" * 6,
    "Slack": "xoxb-123456789012-1234567890123-" + "aB3" * 8,
    "Google": "AIza" + "SyD-" * 8 + "abc",
    "Stripe": "sk_live_" + "aB3" * 8,
    "Telegram": "https://api.telegram.org/bot123456789:AAF" + "aB3" * 10 + "xy/getMe",
    "AWS, both on lines": f"AKIA{'ABCD2345' * 2}\n{SECRET_OF_AWS}",
    "AWS, both in a table": f"id,key\nASIA{'ABCD2345' * 2},{SECRET_OF_AWS}",
    "AWS, named": f"aws_secret_access_key = {SECRET_OF_AWS}",
    "AWS, named in JSON": f'"SecretAccessKey": "{SECRET_OF_AWS}"',
}
NO_SERVICES = {
    "a name of AWS": f"the key id is AKIA{'ABCD2345' * 2}",
    "a commit": f"secret access key or not, see commit {raw('commit', 20).hex()}a",
    "a checksum": f"my AWS secret is fine; the checksum is {SECRET_OF_AWS}",
    "beginnings": "ghp_short, xoxb-1-2, AIzaSyD, sk_live_ and 123456789:AA",
}
TOKEN = "tod_0123456789_" + "aB3" * 16 + "x"
