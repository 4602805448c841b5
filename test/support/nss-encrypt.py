"""Makes a key database with the real NSS, as Thunderbird does, and encrypts text from standard input with it.

Usage: nss-encrypt.py FOLDER PRIMARY_PASSWORD; prints base64. The password may be empty.
"""

import base64
import ctypes
import sys


class Item(ctypes.Structure):
    """SECItem of seccomon.h."""

    _fields_ = [("type", ctypes.c_int), ("data", ctypes.c_void_p), ("length", ctypes.c_uint)]


folder, password = (argument.encode() for argument in sys.argv[1:3])
nss = ctypes.CDLL("libnss3.so")
nss.PK11_GetInternalKeySlot.restype = ctypes.c_void_p
nss.PK11_InitPin.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]
nss.PK11_CheckUserPassword.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
nss.PK11_FreeSlot.argtypes = [ctypes.c_void_p]
nss.PK11SDR_Encrypt.argtypes = [ctypes.c_void_p] * 4


def require(status: int, what: str) -> None:
    if status != 0:
        sys.exit(f"{what} failed: {nss.PORT_GetError()}")


require(nss.NSS_Initialize(b"sql:" + folder, b"", b"", b"secmod.db", 0), "NSS_Initialize")
slot = nss.PK11_GetInternalKeySlot()
require(nss.PK11_InitPin(slot, None, password), "PK11_InitPin")
require(nss.PK11_CheckUserPassword(slot, password), "PK11_CheckUserPassword")
text = sys.stdin.buffer.read()
buffer = ctypes.create_string_buffer(text, len(text))
key_id, result = Item(0, None, 0), Item(0, None, 0)
data = Item(0, ctypes.cast(buffer, ctypes.c_void_p), len(text))
require(
    nss.PK11SDR_Encrypt(ctypes.byref(key_id), ctypes.byref(data), ctypes.byref(result), None), "PK11SDR_Encrypt"
)
print(base64.b64encode(ctypes.string_at(result.data, result.length)).decode())
nss.PK11_FreeSlot(slot)
require(nss.NSS_Shutdown(), "NSS_Shutdown")
