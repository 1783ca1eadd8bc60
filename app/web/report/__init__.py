"""Reporting harm: one question a page, saved as it goes, then sent."""

from app.web.report import done, files, questions, send, start
from app.web.report.flow import blueprint

__all__ = ["blueprint", "done", "files", "questions", "send", "start"]
