"""How a verb says that an act does not fit."""


class Refused(Exception):
    """An act that does not fit: the code names why, `field` what the person must mend, `words` what it speaks of.

    Raised before anything is changed, or inside a transaction that the caller rolls back.
    """

    def __init__(self, code: str, field: str = "", **words: object) -> None:
        super().__init__(code)
        self.code, self.field, self.words = code, field, words
