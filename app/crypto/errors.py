"""What can go wrong in `app.crypto`. No message ever holds a key, a plaintext or a typed secret."""


class CryptoError(Exception):
    """The root of every error of this package."""


class CannotOpen(CryptoError):
    """The ciphertext is not what was sealed here with this key: damaged, moved, cut or another key."""


class CodeTypo(CryptoError):
    """A typed case code cannot be right; `code` says why: wrong_character, wrong_length or wrong_check."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class KitTypo(CryptoError):
    """A typed recovery kit cannot be right; `code` says why: wrong_character, wrong_length or wrong_check."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ReceiptInvalid(CryptoError):
    """The text is no receipt that this key signed."""


class SecretsFileError(CryptoError):
    """The secrets file is missing, unsafe or damaged; the text names the setting and the way out."""
