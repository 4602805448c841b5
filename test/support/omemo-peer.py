"""One device of python-oldmemo or python-twomemo, driven by lines of JSON: the independent peer of the OMEMO tests."""
import asyncio
import json
import sys
import time
import xml.etree.ElementTree as ET
from types import SimpleNamespace

from omemo.message import Message
from omemo.storage import Just, Nothing, Storage


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


class Peer:
    def __init__(self, version, jid, device):
        self.is_old = version == "omemo"
        if self.is_old:
            import oldmemo as library
            import oldmemo.etree as etree
            self.backend = library.Oldmemo(MemoryStorage())
        else:
            import twomemo as library
            import twomemo.etree as etree
            self.backend = library.Twomemo(MemoryStorage())
        self.namespace = library.twomemo.NAMESPACE if not self.is_old else library.oldmemo.NAMESPACE
        self.etree = etree
        self.jid = jid
        self.device = device
        self.bundles = {}

    async def begin(self, _):
        await self.backend.generate_pre_keys(100)
        return {}

    async def bundle(self, _):
        bundle = await self.backend.get_bundle(self.jid, self.device)
        return {"xml": ET.tostring(self.etree.serialize_bundle(bundle), encoding="unicode")}

    async def meet(self, said):
        bundle = self.etree.parse_bundle(ET.fromstring(said["xml"]), said["jid"], said["device"])
        self.bundles[said["jid"], said["device"]] = bundle
        return {}

    async def encrypt(self, said):
        jid, device, text = said["jid"], said["device"], said["text"]
        if text is None:
            content, plain = await self.backend.encrypt_empty()
        else:
            content, plain = await self.backend.encrypt_plaintext(text.encode("UTF-8"))
        session = await self.backend.load_session(jid, device)
        if session is None:
            session, material = await self.backend.build_session_active(
                jid, device, self.bundles[jid, device], plain
            )
        else:
            material = await self.backend.encrypt_key_material(session, plain)
        exchange = None
        if session.initiation.name == "ACTIVE" and not session.confirmed:
            exchange = session.key_exchange
        await self.backend.store_session(session)
        message = Message(self.namespace, self.jid, self.device, content, frozenset({(material, exchange)}))
        return {"xml": ET.tostring(self.etree.serialize_message(message), encoding="unicode")}

    async def parse(self, said):
        element = ET.fromstring(said["xml"])
        if not self.is_old:
            return self.etree.parse_message(element, said["jid"])
        identity_key = self.bundles[said["jid"], said["device"]].identity_key

        async def get_device_information(_):
            return [SimpleNamespace(device_id=said["device"], identity_key=identity_key)]

        manager = SimpleNamespace(get_device_information=get_device_information)
        return await self.etree.parse_message(element, said["jid"], self.jid, manager)

    async def decrypt(self, said):
        jid, device = said["jid"], said["device"]
        message = await self.parse(said)
        ((material, exchange),) = [
            each for each in message.keys if each[0].device_id == self.device and each[0].bare_jid == self.jid
        ]
        session = await self.backend.load_session(jid, device)
        if exchange is not None and (session is None or not session.key_exchange.builds_same_session(exchange)):
            session, plain = await self.backend.build_session_passive(jid, device, exchange, material)
        else:
            exchange = None
            plain = await self.backend.decrypt_key_material(session, material)
        text = None
        if not message.content.empty:
            text = (await self.backend.decrypt_plaintext(message.content, plain)).decode("UTF-8")
        if exchange is not None:
            await self.backend.hide_pre_key(session)
        if not session.confirmed:
            session.confirm()
        await self.backend.store_session(session)
        return {"text": text}

    async def all(self, said):
        """Everything in the list one after the other; answers the processor time of it."""
        before = time.process_time()
        for each in said["list"]:
            await getattr(self, each["do"])(each)
        return {"cpuMs": (time.process_time() - before) * 1000}


async def main():
    peer = Peer(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    for line in sys.stdin:
        said = json.loads(line)
        try:
            answer = await getattr(peer, said["do"])(said)
        except Exception as error:  # what was refused is for the test to judge
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


asyncio.run(main())
