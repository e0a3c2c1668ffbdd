"""The workbench: a page and a REST interface over one ledger."""
