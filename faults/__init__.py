"""Faults on purpose: killed processes, full disks, clocks that jump, long loads; see docs/hardening.md."""
