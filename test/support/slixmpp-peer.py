"""A client of slixmpp with python-omemo, driven by lines of JSON: an independent program that knows one of the two versions of OMEMO."""
import asyncio
import base64
import json
import ssl
import sys
import urllib.request
import xml.etree.ElementTree as ET

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from omemo import SessionManager
from omemo.storage import Just, Nothing, Storage
from omemo.types import DeviceInformation
from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError
from slixmpp.xmlstream.handler import CoroutineCallback
from slixmpp.xmlstream.matcher import MatchXPath

import oldmemo
import oldmemo.etree
import twomemo
import twomemo.etree

SCE = "urn:xmpp:sce:1"
OPEN = {"pubsub#access_model": "open", "pubsub#persist_items": "true"}


class MemoryStorage(Storage):
    def __init__(self):
        super().__init__(True)
        self.values = {}

    async def _load(self, key):
        return Just(self.values[key]) if key in self.values else Nothing()

    async def _store(self, key, value):
        self.values[key] = value

    async def _delete(self, key):
        self.values.pop(key, None)


def say(what):
    print(json.dumps(what), flush=True)


class Client(ClientXMPP):
    def __init__(self, version, jid, password, ca):
        super().__init__(f"{jid}/{version}", password)
        self.is_old = version == "omemo"
        self.etree = oldmemo.etree if self.is_old else twomemo.etree
        self.namespace = oldmemo.oldmemo.NAMESPACE if self.is_old else twomemo.twomemo.NAMESPACE
        self.ca_certs = ca
        for name in ("xep_0030", "xep_0060", "xep_0163", "xep_0045", "xep_0280"):
            self.register_plugin(name)
        self.manager = None
        self.backend = None
        self.rooms = set()
        self.turn = asyncio.Lock()
        self.add_event_handler("session_start", self.started)
        self.add_event_handler("failed_auth", lambda _: say({"event": "failed"}))
        # Its own event is for messages with a body, which one that is encrypted need not have.
        path = f"{{jabber:client}}message/{{{self.namespace}}}encrypted"
        self.register_handler(CoroutineCallback("encrypted", MatchXPath(path), self.took))

    async def _pick_dns_answer(self, domain, service=None):
        """The server's place is given: nobody is asked for it."""
        return None

    # Where devices and bundles lie.

    def list_node(self):
        return "eu.siacs.conversations.axolotl.devicelist" if self.is_old else "urn:xmpp:omemo:2:devices"

    def bundle_place(self, device):
        if self.is_old:
            return f"eu.siacs.conversations.axolotl.bundles:{device}", "current"
        return "urn:xmpp:omemo:2:bundles", str(device)

    async def item(self, jid, node, item=None):
        try:
            answer = await self["xep_0060"].get_items(jid, node, item_ids=None if item is None else [item])
        except IqError:
            return None
        for each in answer["pubsub"]["items"]:
            return each["payload"]
        return None

    async def publish(self, node, item, payload, many=False):
        form = self["xep_0004"].make_form(ftype="submit")
        form.add_field(
            var="FORM_TYPE", ftype="hidden", value="http://jabber.org/protocol/pubsub#publish-options"
        )
        for key, value in {**OPEN, **({"pubsub#max_items": "max"} if many else {})}.items():
            form.add_field(var=key, value=value)
        await self["xep_0060"].publish(self.boundjid.bare, node, id=item, payload=payload, options=form)

    async def started(self, _):
        self.send_presence()
        client = self

        class Manager(SessionManager):
            @staticmethod
            async def _upload_bundle(bundle):
                node, item = client.bundle_place(bundle.device_id)
                await client.publish(node, item, client.etree.serialize_bundle(bundle), not client.is_old)

            @staticmethod
            async def _download_bundle(namespace, bare_jid, device_id):
                node, item = client.bundle_place(device_id)
                payload = await client.item(bare_jid, node, None if client.is_old else item)
                return client.etree.parse_bundle(payload, bare_jid, device_id)

            @staticmethod
            async def _delete_bundle(namespace, device_id):
                pass

            @staticmethod
            async def _upload_device_list(namespace, device_list):
                payload = client.etree.serialize_device_list(device_list)
                await client.publish(client.list_node(), "current", payload)

            @staticmethod
            async def _download_device_list(namespace, bare_jid):
                payload = await client.item(bare_jid, client.list_node())
                return {} if payload is None else client.etree.parse_device_list(payload)

            async def _evaluate_custom_trust_level(self, device: DeviceInformation):
                from omemo.types import TrustLevel

                return TrustLevel.TRUSTED

            async def _make_trust_decision(self, undecided, identifier):
                for device in undecided:
                    await self.set_trust(device.bare_jid, device.identity_key, "trusted")

            @staticmethod
            async def _send_message(message, bare_jid):
                client.send_encrypted(message, bare_jid, "chat")

        storage = MemoryStorage()
        backend = (oldmemo.Oldmemo if self.is_old else twomemo.Twomemo)(storage)
        self.backend = backend
        self.manager = await Manager.create([backend], storage, self.boundjid.bare, None, "undecided")
        await self.manager.after_history_sync()
        own = await self.manager.get_own_device_information()
        say({"event": "ready", "device": own[0].device_id})

    def send_encrypted(self, message, to, kind):
        stanza = self.make_message(mto=to, mtype=kind)
        stanza.append(self.etree.serialize_message(message))
        stanza.append(ET.Element("{urn:xmpp:hints}store"))
        stanza.send()

    # What is asked for.

    async def send_text(self, said):
        people, text = said["people"], said["text"]
        to = said.get("room") or people[0]
        if self.is_old:
            plain = text.encode()
        else:
            envelope = ET.Element(f"{{{SCE}}}envelope")
            content = ET.SubElement(envelope, f"{{{SCE}}}content")
            ET.SubElement(content, "{jabber:client}body").text = text
            ET.SubElement(envelope, f"{{{SCE}}}rpad").text = "padding"
            ET.SubElement(envelope, f"{{{SCE}}}from", {"jid": self.boundjid.bare})
            ET.SubElement(envelope, f"{{{SCE}}}time", {"stamp": "2026-01-01T00:00:00Z"})
            if said.get("room"):
                ET.SubElement(envelope, f"{{{SCE}}}to", {"jid": to})
            plain = ET.tostring(envelope)
        async with self.turn:
            for jid in people:
                await self.manager.refresh_device_list(self.namespace, jid)
            messages, errors = await self.manager.encrypt(frozenset(people), {self.namespace: plain})
        for message in messages:
            self.send_encrypted(message, to, "groupchat" if said.get("room") else "chat")
        return {"sent": len(messages), "errors": [str(each) for each in errors]}

    async def plant(self, said):
        """Names two more devices as its own: one without keys, one whose prekey nobody signed."""
        own = (await self.manager.get_own_device_information())[0].device_id
        silent, forged = said["silent"], said["forged"]
        bundle = self.etree.serialize_bundle(await self.backend.get_bundle(self.boundjid.bare, own))
        for each in bundle.iter():
            if each.tag.split("}")[1] in ("signedPreKeySignature", "spks"):
                each.text = base64.b64encode(bytes(64)).decode()
        node, item = self.bundle_place(forged)
        await self.publish(node, item, bundle, not self.is_old)
        devices = self.etree.serialize_device_list({own: None, silent: None, forged: None})
        await self.publish(self.list_node(), "current", devices)
        return {}

    async def join(self, said):
        self.rooms.add(said["room"])
        await self["xep_0045"].join_muc_wait(said["room"], said["nick"], timeout=30)
        return {}

    async def fetch(self, said):
        """A file as XEP-0454 tells of it: the address holds the key."""
        address, fragment = said["url"].replace("aesgcm:", "https:", 1).split("#")
        secret = bytes.fromhex(fragment)
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        address = address.replace(*said["place"])

        def read():
            with urllib.request.urlopen(address, context=context) as answer:
                return answer.read()

        data = await asyncio.get_running_loop().run_in_executor(None, read)
        return {"text": AESGCM(secret[-32:]).decrypt(secret[:-32], data, None).decode()}

    # What comes.

    async def took(self, stanza):
        element = next(
            (each for each in stanza.xml if each.tag == f"{{{self.namespace}}}encrypted"), None
        )
        if element is None or self.manager is None or stanza["type"] == "error":
            return
        in_room = stanza["type"] == "groupchat"
        if in_room and stanza["mucnick"] == self.boundjid.user:
            return
        sender = stanza["from"].bare
        if in_room:
            sender = self["xep_0045"].get_jid_property(stanza["from"].bare, stanza["mucnick"], "jid")
            sender = str(sender).split("/")[0]
        try:
            async with self.turn:
                if self.is_old:
                    message = await self.etree.parse_message(element, sender, self.boundjid.bare, self.manager)
                else:
                    message = self.etree.parse_message(element, sender)
                plain, device, _ = await self.manager.decrypt(message)
        except Exception as error:  # what was refused is for the test to judge
            say({"event": "refused", "error": f"{type(error).__name__}: {error}", "from": sender})
            return
        if plain is None:
            say({"event": "empty", "from": sender})
            return
        if not self.is_old:
            body = ET.fromstring(plain).find(f"{{{SCE}}}content/{{jabber:client}}body")
            plain = b"" if body is None else (body.text or "").encode()
        say({"event": "text", "text": plain.decode(), "from": sender, "device": device.device_id, "room": in_room})


async def main():
    version, jid, password, port, ca = sys.argv[1:6]
    client = Client(version, jid, password, ca)
    client.connect(("127.0.0.1", int(port)), use_ssl=True)
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        said = json.loads(line)
        try:
            answer = await getattr(client, said["do"])(said)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        say({"event": "answer", **answer})
    await client.disconnect()


asyncio.get_event_loop().run_until_complete(main())
