"""A second reader of encrypted collections, written from docs/formats/encrypted-collections.md alone.

Takes the vectors on standard input and a folder for GnuPG; prints what each object holds, or why it is refused, as JSON."""
import base64
import json
import re
import struct
import subprocess
import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def gpg(home, arguments, data):
    command = ["gpg", "--homedir", home, "--batch", "--quiet", "--pinentry-mode", "loopback", *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=False)


def carried(text):
    lines = re.split(r"\r?\n", re.sub(r"\r?\n[ \t]", "", text))
    value = {}
    for line in lines:
        name, _, rest = line.partition(":")
        value.setdefault(name.split(";")[0].upper(), rest)
    return value


def padded(length):
    if length <= 4096:
        return 4096
    exponent = length.bit_length() - 1
    step = 2 ** (exponent - exponent.bit_length())
    return -(-length // step) * step


def main():
    home = sys.argv[1]
    vectors = json.load(sys.stdin)
    gpg(home, ["--passphrase", vectors["passphrase"], "--import"], vectors["secretKey"].encode())
    message = base64.b64decode(carried(vectors["keys"])["X-ENCRYPTED-KEYS"])
    opened = gpg(home, ["--passphrase", vectors["passphrase"], "--status-fd", "2", "--decrypt"], message)
    assert b"VALIDSIG " + vectors["fingerprint"].upper().encode() in opened.stderr, opened.stderr
    assert len(opened.stdout) == padded(len(opened.stdout.rstrip(b" "))), "padding of the keys"
    keys = json.loads(opened.stdout)
    assert keys["format"] == "encrypted-collection/1"
    secrets = {each["generation"]: base64.b64decode(each["secret"]) for each in keys["secrets"]}
    members = {each["fingerprint"].upper() for each in keys["members"]}
    answers = []
    for number, vector in enumerate(vectors["objects"]):
        outside = carried(vector["outside"])
        envelope = base64.b64decode(outside["X-ENCRYPTED-OBJECT"])
        version, generation, _revision = struct.unpack(">BIQ", envelope[:13])
        assert version == 1
        place = envelope[:13] + bytes.fromhex(keys["collection"]) + outside["UID"].encode()
        derived = HKDF(SHA256(), 44, envelope[13:45], b"encrypted-collection/1 envelope\0").derive(secrets[generation])
        try:
            text = AESGCM(derived[:32]).decrypt(derived[32:], envelope[45:], place)
        except InvalidTag:
            answers.append({"name": vector["name"], "refusal": "changed"})
            continue
        (length,) = struct.unpack(">I", text[:4])
        content = text[4 : 4 + length]
        (size,) = struct.unpack(">I", text[4 + length : 8 + length])
        signature = text[8 + length : 8 + length + size]
        assert len(text) == padded(8 + length + size), "padding"
        signed = b"encrypted-collection/1 object\0" + struct.pack(">I", len(place)) + place + content
        path = f"{home}/{number}.sig"
        with open(path, "wb") as file:
            file.write(signature)
        verdict = gpg(home, ["--status-fd", "1", "--verify", path, "-"], signed).stdout.decode()
        valid = re.search(r"VALIDSIG (\w+)", verdict)
        if not valid or valid.group(1) not in members:
            answers.append({"name": vector["name"], "refusal": "not-a-member"})
        else:
            answers.append({"name": vector["name"], "inside": content.decode()})
    json.dump(answers, sys.stdout)


main()
